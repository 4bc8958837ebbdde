package dev.tradingplatform.local;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_THROW_GENERIC_EXCEPTIONS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_FIELD_INJECTION;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.tradingplatform.local.child.Leash;
import java.time.Instant;
import org.jspecify.annotations.NullMarked;

@AnalyzeClasses(packages = "dev.tradingplatform.local", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule packagesFormNoCycles =
            slices().matching("dev.tradingplatform.(local.*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule theLeashTravelsAlone = classes()
            .that()
            .areAssignableTo(Leash.class)
            .should()
            .onlyDependOnClassesThat()
            .resideInAPackage("java..");

    @ArchTest
    static final ArchRule namesSayWhatThingsAre =
            noClasses().should().haveNameMatching(".*(Impl|Utils?|Helper|Manager|Dto|DTO|VO)");

    @ArchTest
    static final ArchRule packagesAreNullMarked =
            classes().that().haveSimpleName("package-info").should().beAnnotatedWith(NullMarked.class);

    @ArchTest
    static final ArchRule timeComesFromOutside = noClasses()
            .should()
            .callMethod(Thread.class, "sleep", long.class)
            .orShould()
            .callMethod(Instant.class, "now");

    @ArchTest
    static final ArchRule nothingIsInjectedIntoFields = NO_CLASSES_SHOULD_USE_FIELD_INJECTION;

    @ArchTest
    static final ArchRule exceptionsSayWhatHappened = NO_CLASSES_SHOULD_THROW_GENERIC_EXCEPTIONS;
}
