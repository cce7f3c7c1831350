// The file to check stays on the device: its hash is computed here and sent alone. Without this script, or where the
// browser cannot compute it, the form sends the file, as it always could.

const formulaire = document.querySelector("[data-cp-verifier]");
const zone = document.getElementById("verdict");
const champ = formulaire?.querySelector("input[type=file]");
const depot = formulaire?.querySelector("[data-cp-depot]");
const bouton = formulaire?.querySelector("button[type=submit]");
const tailleMax = Number(formulaire?.dataset.cpTailleMax);

const dire = (genre, titre, texte) => {
  const alerte = document.createElement("div");
  alerte.className = `fr-alert fr-alert--${genre}`;
  const intitule = document.createElement("h2");
  intitule.className = "fr-alert__title";
  intitule.textContent = titre;
  const corps = document.createElement("p");
  corps.textContent = texte;
  alerte.append(intitule, corps);
  montrer(alerte);
};

const montrer = (...noeuds) => {
  zone.replaceChildren(...noeuds);
  const titre = zone.querySelector("h2");
  if (!titre) return;
  titre.tabIndex = -1;
  titre.focus(); // read aloud, and brought into view
};

const empreinteDe = async (fichier) => {
  const octets = await crypto.subtle.digest("SHA-256", await fichier.arrayBuffer());
  return [...new Uint8Array(octets)].map((octet) => octet.toString(16).padStart(2, "0")).join("");
};

const demander = async (empreinte) => {
  const corps = new FormData();
  corps.set("csrfmiddlewaretoken", formulaire.elements.csrfmiddlewaretoken.value);
  corps.set("empreinte", empreinte);
  const reponse = await fetch(formulaire.action, {
    method: "POST",
    body: corps,
    credentials: "same-origin",
    headers: { "X-Conclu": "verdict" },
  });
  if (!reponse.ok && reponse.status !== 429) throw new Error(String(reponse.status));
  return new DOMParser().parseFromString(await reponse.text(), "text/html").body.childNodes;
};

const verifier = async (fichier) => {
  if (fichier.size > tailleMax) {
    dire("error", "Ce fichier est trop lourd", "Il dépasse 25\u00a0Mo\u00a0: aucun de nos comptes rendus n’est aussi lourd.");
    return;
  }
  bouton.disabled = true;
  try {
    montrer(...(await demander(await empreinteDe(fichier))));
  } catch {
    dire("error", "La vérification n’a pas pu se faire", "Vérifiez votre connexion, ou choisissez le fichier à nouveau, puis recommencez.");
  } finally {
    bouton.disabled = false;
  }
};

if (formulaire && zone && window.crypto?.subtle) {
  champ.addEventListener("change", () => {
    if (champ.files.length) verifier(champ.files[0]);
  });
  formulaire.addEventListener("submit", (evenement) => {
    if (evenement.submitter?.name === "examen") return; // the visitor chose to send the file itself
    evenement.preventDefault();
    evenement.stopPropagation();
    if (champ.files.length) verifier(champ.files[0]);
  });
  for (const nom of ["dragenter", "dragover"]) {
    depot.addEventListener(nom, (evenement) => {
      evenement.preventDefault();
      depot.classList.add("cp-depot--survol");
    });
  }
  for (const nom of ["dragleave", "drop"]) {
    depot.addEventListener(nom, () => depot.classList.remove("cp-depot--survol"));
  }
  depot.addEventListener("drop", (evenement) => {
    evenement.preventDefault();
    if (!evenement.dataTransfer.files.length) return;
    champ.files = evenement.dataTransfer.files;
    verifier(champ.files[0]);
  });
}
