package sluice.rules;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import java.util.Random;
import java.util.UUID;

@AnalyzeClasses(packages = "sluice.rules", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    /** Of the generated records the domain knows the enumerations only. */
    @ArchTest
    static final ArchRule DOMAIN_IS_PURE = classes()
            .that()
            .resideInAPackage("..domain..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "..domain..",
                    "sluice.schemas",
                    "sluice.schemas.id",
                    "com.eatthepath.otp..",
                    "java.lang..",
                    "java.time..",
                    "java.util..",
                    "java.security..",
                    "javax.crypto..",
                    "java.nio.charset..",
                    "org.jspecify..");

    @ArchTest
    static final ArchRule DOMAIN_KNOWS_NO_AVRO_RECORD = noClasses()
            .that()
            .resideInAPackage("..domain..")
            .should()
            .dependOnClassesThat()
            .areAssignableTo(org.apache.avro.specific.SpecificRecordBase.class);

    @ArchTest
    static final ArchRule DOMAIN_READS_NO_CLOCK_AND_ROLLS_NO_DICE = noClasses()
            .that()
            .resideInAPackage("..domain..")
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(UUID.class, "randomUUID")
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(Clock.class)
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(Random.class);
}
