package dev.tradingplatform.discovery;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_THROW_GENERIC_EXCEPTIONS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_FIELD_INJECTION;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.time.Instant;
import org.jspecify.annotations.NullMarked;

@AnalyzeClasses(packages = "dev.tradingplatform.discovery", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String ROOT = "dev.tradingplatform.discovery";

    /**
     * The exported package has two parts: the values that all packages use, and the entry point that uses all of them.
     */
    private static final SliceAssignment PARTS = new SliceAssignment() {
        @Override
        public SliceIdentifier getIdentifierOf(JavaClass type) {
            return SliceIdentifier.of(part(type));
        }

        @Override
        public String getDescription() {
            return "entry point, http, balancer, dns, values";
        }
    };

    private static String part(JavaClass type) {
        if (!type.getPackageName().equals(ROOT)) {
            return type.getPackageName();
        }
        return type.getName().startsWith(DiscoveryClient.class.getName()) ? "entry point" : "values";
    }

    @ArchTest
    static final ArchRule partsAreFreeOfCycles =
            slices().assignedFrom(PARTS).should().beFreeOfCycles();

    @ArchTest
    static final ArchRule valuesDependOnNoOtherPart = noClasses()
            .that()
            .resideInAPackage(ROOT)
            .and()
            .haveNameNotMatching(".*DiscoveryClient.*")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(ROOT + ".dns", ROOT + ".balancer", ROOT + ".http");

    @ArchTest
    static final ArchRule dnsDependsOnValuesAlone = noClasses()
            .that()
            .resideInAPackage(ROOT + ".dns")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(ROOT + ".balancer", ROOT + ".http", "org.apache.hc..");

    @ArchTest
    static final ArchRule balancerKnowsNoHttpClient = noClasses()
            .that()
            .resideInAPackage(ROOT + ".balancer")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(ROOT + ".http", "org.apache.hc..");

    @ArchTest
    static final ArchRule coreKnowsNoSpring =
            noClasses().should().dependOnClassesThat().resideInAPackage("org.springframework..");

    @ArchTest
    static final ArchRule namesSayWhatThingsAre =
            noClasses().should().haveNameMatching(".*(Impl|Utils?|Helper|Manager|Dto|DTO|VO)");

    @ArchTest
    static final ArchRule packagesAreNullMarked =
            classes().that().haveSimpleName("package-info").should().beAnnotatedWith(NullMarked.class);

    @ArchTest
    static final ArchRule timeIsInjected = noClasses()
            .should()
            .callMethod(Thread.class, "sleep", long.class)
            .orShould()
            .callMethod(Instant.class, "now");

    @ArchTest
    static final ArchRule nothingIsInjectedIntoFields = NO_CLASSES_SHOULD_USE_FIELD_INJECTION;

    @ArchTest
    static final ArchRule exceptionsSayWhatHappened = NO_CLASSES_SHOULD_THROW_GENERIC_EXCEPTIONS;

    @ArchTest
    static final ArchRule nothingIsPrinted = NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
}
