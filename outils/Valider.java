import java.io.FileInputStream;
import java.io.InputStream;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

/** Validates each PDF given against PDF/UA-1 and PDF/A-3a with veraPDF; exit code 1 when one fails. */
public class Valider {
    public static void main(String[] fichiers) throws Exception {
        VeraGreenfieldFoundryProvider.initialise();
        boolean bon = true;
        for (String fichier : fichiers) {
            for (String profil : new String[] {"ua1", "3a"}) {
                PDFAFlavour norme = PDFAFlavour.fromString(profil);
                try (InputStream flux = new FileInputStream(fichier);
                        PDFAParser lecteur = Foundries.defaultInstance().createParser(flux, norme);
                        PDFAValidator juge =
                                Foundries.defaultInstance().createValidator(norme, 200, false, true, false)) {
                    ValidationResult verdict = juge.validate(lecteur);
                    System.out.println((verdict.isCompliant() ? "  ok     " : "  FAILED ") + profil + " " + fichier);
                    for (TestAssertion faute : verdict.getTestAssertions()) {
                        if (faute.getStatus() == TestAssertion.Status.FAILED) {
                            System.out.println("    " + faute.getRuleId().getClause() + "-"
                                    + faute.getRuleId().getTestNumber() + " " + faute.getMessage());
                        }
                    }
                    bon &= verdict.isCompliant();
                }
            }
        }
        System.exit(bon ? 0 : 1);
    }
}
