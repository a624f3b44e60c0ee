package sluice.acceptance;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.avro.specific.SpecificRecordBase;

/** What keeps the house as it was drawn (design sections 1 and 9). */
@AnalyzeClasses(packages = "sluice", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    /** Of the event contract the domain knows enumerations and ids, no record. */
    @ArchTest
    static final ArchRule DOMAIN_IS_PURE = classes()
            .that()
            .resideInAPackage("..domain..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "..domain..",
                    "sluice.rule",
                    "sluice.schemas",
                    "sluice.schemas.id",
                    "com.eatthepath.otp..",
                    "java.lang..",
                    "java.nio",
                    "java.nio.charset..",
                    "java.security..",
                    "java.text",
                    "java.time..",
                    "java.util..",
                    "javax.crypto..",
                    "org.jspecify..",
                    "com.webauthn4j..", // see ONE_PACKAGE_KNOWS_THE_WEBAUTHN_LIBRARY
                    "tools.jackson.databind.json..",
                    "tools.jackson.dataformat.cbor..");

    @ArchTest
    static final ArchRule ONE_PACKAGE_KNOWS_THE_WEBAUTHN_LIBRARY = noClasses()
            .that()
            .resideOutsideOfPackage("sluice.rules.domain.webauthn")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("com.webauthn4j..", "tools.jackson..");

    @ArchTest
    static final ArchRule DOMAIN_KNOWS_NO_AVRO_RECORD = noClasses()
            .that()
            .resideInAPackage("..domain..")
            .should()
            .dependOnClassesThat()
            .areAssignableTo(SpecificRecordBase.class);

    /** Promise P3: neither does a processor's shell; time comes with the event, or from a punctuation. */
    @ArchTest
    static final ArchRule PROCESSING_READS_NO_CLOCK_AND_ROLLS_NO_DICE = noClasses()
            .that()
            .resideInAnyPackage("..domain..", "sluice.rule", "sluice.rules..", "sluice.challenge..")
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(UUID.class, "randomUUID")
            .orShould()
            .callMethod(ThreadLocalRandom.class, "current")
            .orShould()
            .callMethod(Clock.class, "instant")
            .orShould()
            .callMethod(InstantSource.class, "instant")
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(Random.class);

    @ArchTest
    static final ArchRule SERVICES_DO_NOT_KNOW_EACH_OTHER =
            slices().matching("sluice.(track|rules|challenge)..").should().notDependOnEachOther();

    @ArchTest
    static final ArchRule THE_GROUND_KNOWS_NO_SERVICE = noClasses()
            .that()
            .resideInAnyPackage("sluice.runtime..", "sluice.schemas..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("sluice.track..", "sluice.rules..", "sluice.challenge..", "sluice.deploy..");

    @ArchTest
    static final ArchRule THE_EVENT_CONTRACT_STANDS_ALONE = noClasses()
            .that()
            .resideInAPackage("sluice.schemas..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("sluice.runtime..");

    /** A rule's condition is JSON, and what it means depends on nothing else. */
    @ArchTest
    static final ArchRule THE_RULE_ENGINE_STANDS_ALONE = classes()
            .that()
            .resideInAPackage("sluice.rule")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "sluice.rule",
                    "com.fasterxml.jackson..",
                    "java.lang..",
                    "java.math",
                    "java.time..",
                    "java.util..",
                    "org.jspecify..");

    @ArchTest
    static final ArchRule ONE_CLASS_KNOWS_KAFKAS_SERVER = noClasses()
            .that()
            .doNotHaveFullyQualifiedName("sluice.deploy.EmbeddedKafka")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("kafka..", "org.apache.kafka.metadata..", "org.apache.kafka.server..");

    @ArchTest
    static final ArchRule ONLY_THE_LAUNCHER_READS_THE_ENVIRONMENT = noClasses()
            .that()
            .doNotHaveFullyQualifiedName("sluice.deploy.Launcher")
            .should()
            .callMethod(System.class, "getenv")
            .orShould()
            .callMethod(System.class, "getenv", String.class);

    @ArchTest
    static final ArchRule NAMES_SAY_WHAT_LIVES_THERE =
            noClasses().should().haveNameMatching(".*(Util|Utils|Helper|Manager|Common|Impl|Base)");
}
