// Asks veraPDF which rules of PDF/UA-1 and PDF/A-2a a file breaks. All files go to one Java machine, which
// takes seconds to start. Each line says: file, standard, how many checks were made, the rules broken.
//
//   java -cp … CheckStandards.java a.pdf b.pdf …

import java.io.FileInputStream;
import java.util.TreeSet;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

public class CheckStandards {
    private static final PDFAFlavour[] STANDARDS = {PDFAFlavour.PDFUA_1, PDFAFlavour.PDFA_2_A};

    public static void main(String[] files) throws Exception {
        Logger.getLogger("").setLevel(Level.OFF);
        VeraGreenfieldFoundryProvider.initialise();
        for (String file : files) {
            for (PDFAFlavour standard : STANDARDS) {
                check(file, standard);
            }
        }
    }

    private static void check(String file, PDFAFlavour standard) throws Exception {
        try (FileInputStream bytes = new FileInputStream(file);
                PDFAParser parser = Foundries.defaultInstance().createParser(bytes, standard);
                PDFAValidator validator = Foundries.defaultInstance().createValidator(standard, false)) {
            ValidationResult found = validator.validate(parser);
            TreeSet<String> broken = new TreeSet<>();
            for (TestAssertion each : found.getTestAssertions()) {
                if (each.getStatus() == TestAssertion.Status.FAILED) {
                    broken.add(each.getRuleId().getClause() + "-" + each.getRuleId().getTestNumber());
                }
            }
            if (!found.isCompliant() && broken.isEmpty()) {
                broken.add("not compliant");
            }
            System.out.println(String.join("\t", file, standard.getId(),
                    String.valueOf(found.getTotalAssertions()), String.join(" ", broken)));
        }
    }
}
