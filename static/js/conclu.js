// Small helps on top of pages that work without script. No inline handler, no eval, nothing stored in the browser.

const dire = (zone, texte) => {
  if (!zone) return;
  zone.textContent = "";
  window.setTimeout(() => { zone.textContent = texte; }, 50);
};

// --- Errors: read aloud, focused, and in the title -----------------------------------------------------------------
const montrerErreurs = (racine) => {
  const resume = racine.querySelector?.("[data-cc-erreurs]");
  if (!resume) return;
  if (!document.title.startsWith("Erreur")) document.title = `Erreur : ${document.title}`;
  resume.focus();
};

document.addEventListener("click", (evenement) => {
  const lien = evenement.target.closest?.("[data-cc-erreurs] a[href^='#']");
  const champ = lien && document.getElementById(decodeURIComponent(lien.hash.slice(1)));
  if (!champ) return;
  evenement.preventDefault();
  const groupe = champ.closest(".fr-input-group, .fr-select-group, .fr-fieldset, .fr-password, .fr-checkbox-group, .fr-upload-group");
  (groupe ?? champ).scrollIntoView({ block: "start" });
  champ.focus({ preventScroll: true });
});

// --- Close, copy ----------------------------------------------------------------------------------------------------
document.addEventListener("click", (evenement) => {
  const bouton = evenement.target.closest?.("[data-cc-fermer]");
  if (!bouton) return;
  bouton.closest(bouton.dataset.ccFermer)?.remove();
  document.getElementById("contenu")?.focus({ preventScroll: true });
});

document.addEventListener("click", async (evenement) => {
  const bouton = evenement.target.closest?.("[data-cc-copier]");
  if (!bouton) return;
  const libelle = bouton.dataset.ccLibelle ?? bouton.textContent;
  bouton.dataset.ccLibelle = libelle;
  const zone = bouton.parentElement.querySelector("[data-cc-copier-dit]");
  try {
    await navigator.clipboard.writeText(bouton.dataset.ccCopier);
    bouton.textContent = bouton.dataset.ccCopie;
    dire(zone, bouton.dataset.ccCopie);
    window.setTimeout(() => { bouton.textContent = libelle; }, 2500);
  } catch {
    const texte = bouton.parentElement.querySelector(".cc-copier__texte");
    if (texte) window.getSelection().selectAllChildren(texte);
    dire(zone, "Le texte est sélectionné : copiez-le avec Ctrl + C.");
  }
});

// --- Dialogs: a link becomes a question in the page -----------------------------------------------------------------
document.addEventListener("click", (evenement) => {
  const ouvrir = evenement.target.closest?.("[data-cc-dialogue]");
  if (ouvrir) {
    const dialogue = document.getElementById(ouvrir.dataset.ccDialogue);
    if (!dialogue?.showModal || evenement.ctrlKey || evenement.metaKey) return;
    evenement.preventDefault();
    dialogue.addEventListener("close", () => ouvrir.focus(), { once: true });
    dialogue.showModal();
    return;
  }
  const fermer = evenement.target.closest?.("[data-cc-dialogue-fermer]");
  if (fermer) fermer.closest("dialog").close();
  else if (evenement.target.matches?.("dialog.cc-dialogue") && evenement.detail > 0) {
    const cadre = evenement.target.getBoundingClientRect();
    const dehors = evenement.clientX < cadre.left || evenement.clientX > cadre.right
      || evenement.clientY < cadre.top || evenement.clientY > cadre.bottom;
    if (dehors) evenement.target.close();
  }
});

// --- Text areas grow with their text where CSS cannot --------------------------------------------------------------
const etendre = (zone) => {
  zone.style.height = "auto";
  zone.style.height = `${Math.min(zone.scrollHeight + 2, window.innerHeight * 0.7)}px`;
};
const sansCSS = !CSS.supports("field-sizing", "content");
if (sansCSS) {
  document.addEventListener("input", (evenement) => {
    if (evenement.target.matches?.("textarea.cc-extensible")) etendre(evenement.target);
  });
}

// --- Wide tables: reachable by keyboard only when they scroll ------------------------------------------------------
const tailles = new ResizeObserver((mesures) => {
  for (const { target } of mesures) {
    const deborde = target.scrollWidth > target.clientWidth + 1;
    if (deborde) {
      target.setAttribute("tabindex", "0");
      target.setAttribute("role", "region");
      target.setAttribute("aria-label", `${target.dataset.ccDefile} (tableau à faire défiler)`);
    } else {
      for (const nom of ["tabindex", "role", "aria-label"]) target.removeAttribute(nom);
    }
  }
});

// --- Leaving with unsaved text --------------------------------------------------------------------------------------
const empreinte = (formulaire) => {
  const valeurs = [];
  for (const [nom, valeur] of new FormData(formulaire)) {
    if (nom !== "csrfmiddlewaretoken") valeurs.push([nom, valeur instanceof File ? valeur.name : valeur]);
  }
  return JSON.stringify(valeurs);
};
const departs = new WeakMap();
const veilles = () => [...document.querySelectorAll("form[data-cc-veille]")];
const estModifie = (formulaire) => departs.has(formulaire) && departs.get(formulaire) !== empreinte(formulaire);
window.addEventListener("beforeunload", (evenement) => {
  if (veilles().some(estModifie)) evenement.preventDefault();
});

document.addEventListener("submit", (evenement) => {
  const formulaire = evenement.target;
  // A half-typed date would be sent empty: let the browser say so instead of losing it.
  const incomplet = [...formulaire.elements].find((champ) => champ.validity?.badInput);
  if (incomplet && !evenement.submitter?.formNoValidate) {
    evenement.preventDefault();
    incomplet.reportValidity();
    return;
  }
  if (formulaire.method !== "post" || formulaire.matches("[hx-post], [data-hx-post]")) return;
  if (formulaire.dataset.ccEnvoye) {
    evenement.preventDefault();
    return;
  }
  formulaire.dataset.ccEnvoye = "oui";
  departs.delete(formulaire);
  window.setTimeout(() => { delete formulaire.dataset.ccEnvoye; }, 5000);
});
window.addEventListener("pageshow", () => {
  for (const formulaire of document.forms) delete formulaire.dataset.ccEnvoye;
});

// --- Rows that can be added ------------------------------------------------------------------------------------------
document.addEventListener("click", (evenement) => {
  const bouton = evenement.target.closest?.("[data-cc-lignes-ajouter]");
  if (!bouton) return;
  const lignes = bouton.closest("[data-cc-lignes]");
  const total = lignes.querySelector(`[name="${lignes.dataset.ccLignes}-TOTAL_FORMS"]`);
  const rang = Number(total.value);
  const modele = lignes.querySelector("template").innerHTML
    .replaceAll("__prefix__", String(rang)).replaceAll("__numero__", String(rang + 1));
  const liste = lignes.querySelector("[data-cc-lignes-liste]");
  liste.insertAdjacentHTML("beforeend", modele);
  total.value = String(rang + 1);
  const ligne = liste.lastElementChild;
  preparer(ligne);
  ligne.querySelector("input:not([type=hidden]), select, textarea")?.focus();
  dire(lignes.querySelector("[data-cc-lignes-dit]"), `Ligne ${rang + 1} ajoutée.`);
});

// --- htmx: nothing typed is ever lost ---------------------------------------------------------------------------------
const RAISONS = {
  401: ["Votre session est terminée", "Votre texte est toujours dans la page. Connectez-vous dans un autre onglet, puis recommencez ici."],
  403: ["L’envoi a été refusé", "Votre texte est toujours dans la page. Copiez-le, rechargez la page, puis recommencez."],
  404: ["Cet élément n’est plus là", "Il a peut-être été supprimé par une autre personne. Votre texte est toujours dans la page."],
  409: ["Quelqu’un a modifié ce texte entre-temps", "Votre texte est toujours dans la page. Copiez-le, rechargez la page, puis reprenez vos changements."],
  413: ["Le fichier est trop lourd", "Réduisez-le, puis recommencez."],
  429: ["Trop d’envois en peu de temps", "Votre texte est toujours dans la page. Attendez une minute, puis recommencez."],
  0: ["Conclu ne répond pas", "Votre texte est toujours dans la page. Vérifiez votre connexion, puis recommencez."],
};

const alerter = (titre, texte) => {
  const zone = document.getElementById("messages") ?? document.getElementById("contenu");
  if (!zone) return;
  zone.querySelector("[data-cc-alerte-envoi]")?.remove();
  const alerte = document.createElement("div");
  alerte.className = "fr-alert fr-alert--error cc-message";
  alerte.setAttribute("role", "alert");
  alerte.setAttribute("data-cc-alerte-envoi", "");
  alerte.tabIndex = -1;
  const intitule = document.createElement("h2");
  intitule.className = "fr-alert__title";
  intitule.textContent = titre;
  const corps = document.createElement("p");
  corps.textContent = texte;
  alerte.append(intitule, corps);
  zone.prepend(alerte);
  alerte.scrollIntoView({ block: "nearest" });
};

const refuser = (statut, motif = "") => {
  const [titre, texte] = RAISONS[statut] ?? (statut >= 500 ? ["Une erreur est survenue de notre côté", RAISONS[429][1]] : RAISONS[403]);
  alerter(titre, motif ? `${motif} ${texte}` : texte);
};

document.addEventListener("htmx:beforeSwap", (evenement) => {
  const { xhr, target } = evenement.detail;
  // A sign-in page that answers in place of a fragment means the session is over: keep the page as it is.
  if (xhr.status === 200 && /<html[\s>]/i.test(xhr.responseText.slice(0, 600)) && target !== document.body) {
    evenement.detail.shouldSwap = false;
    refuser(401);
    return;
  }
  if (xhr.status === 409 && xhr.getResponseHeader("HX-Retarget")) evenement.detail.shouldSwap = true;
});
document.addEventListener("htmx:responseError", (evenement) => {
  const { xhr } = evenement.detail;
  if (evenement.detail.shouldSwap) return;
  let motif = "";
  if (/json/.test(xhr.getResponseHeader("Content-Type") ?? "")) {
    try { motif = JSON.parse(xhr.responseText).motif ?? ""; } catch { /* cut short: the general reason will do */ }
  } else {
    const page = new DOMParser().parseFromString(xhr.responseText, "text/html");
    motif = page.querySelector("[data-cc-motif]")?.textContent.trim() ?? "";
  }
  refuser(xhr.status, motif);
});
document.addEventListener("htmx:sendError", () => refuser(0));
document.addEventListener("htmx:timeout", () => refuser(0));
document.addEventListener("htmx:afterSettle", (evenement) => {
  preparer(evenement.target);
  montrerErreurs(evenement.target);
});
document.addEventListener("htmx:afterRequest", (evenement) => {
  const formulaire = evenement.detail.elt.closest?.("form[data-cc-veille]");
  if (formulaire && evenement.detail.successful) departs.set(formulaire, empreinte(formulaire));
});

// --- Start -----------------------------------------------------------------------------------------------------------
function preparer(racine) {
  if (!racine?.querySelectorAll) return;
  const avec = (selecteur) => [...(racine.matches?.(selecteur) ? [racine] : []), ...racine.querySelectorAll(selecteur)];
  if (sansCSS) avec("textarea.cc-extensible").forEach(etendre);
  avec("[data-cc-defile]").forEach((zone) => tailles.observe(zone));
  // A form shown again with errors is already « modified »: its text is not saved yet.
  avec("form[data-cc-veille]").forEach((f) => departs.set(f, f.querySelector("[data-cc-erreurs]") ? "" : empreinte(f)));
}
preparer(document.body);
montrerErreurs(document);
