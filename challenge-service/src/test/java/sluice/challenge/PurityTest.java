package sluice.challenge;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
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

/** The state machine sees what it is given and nothing else; nothing in the module makes up a time or a number. */
@AnalyzeClasses(packages = "sluice.challenge", importOptions = ImportOption.DoNotIncludeTests.class)
class PurityTest {
    @ArchTest
    static final ArchRule DOMAIN_IS_PURE = classes()
            .that()
            .resideInAPackage("sluice.challenge.domain")
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage(
                            "sluice.challenge.domain",
                            "java.lang..",
                            "java.time..",
                            "java.util..",
                            "org.jspecify..",
                            "sluice.schemas.id")
                    .or(resideInAPackage("sluice.schemas").and(assignableTo(Enum.class))));

    @ArchTest
    static final ArchRule NOTHING_READS_A_CLOCK_OR_A_RANDOM_SOURCE = noClasses()
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
            .areAssignableTo(Random.class)
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(Clock.class);

    @ArchTest
    static final ArchRule THE_SHELL_IS_KNOWN_ONLY_TO_WHAT_WIRES_IT = noClasses()
            .that()
            .resideInAnyPackage("sluice.challenge.domain", "sluice.challenge.kafka")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("sluice.challenge", "sluice.track..", "sluice.rules..", "sluice.deploy..");
}
