package dev.tradingplatform.stock;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.GeneralCodingRules;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.NullMarked;

@AnalyzeClasses(packagesOf = StockServiceApplication.class, importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule packagesReadTopDown = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("api")
            .definedBy("..stock.api..")
            .layer("series")
            .definedBy("..stock.series..")
            .layer("importing")
            .definedBy("..stock.importing..")
            .layer("storage")
            .definedBy("..stock.storage..")
            .layer("limits")
            .definedBy("..stock.limits..")
            .layer("spool")
            .definedBy("..stock.spool..")
            .layer("security")
            .definedBy("..stock.security..")
            .layer("bar")
            .definedBy("..stock.bar..")
            .whereLayer("api")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("security")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("series")
            .mayOnlyBeAccessedByLayers("api")
            .whereLayer("importing")
            .mayOnlyBeAccessedByLayers("api")
            .whereLayer("storage")
            .mayOnlyBeAccessedByLayers("series", "api", "limits")
            .whereLayer("limits")
            .mayOnlyBeAccessedByLayers("api")
            .whereLayer("spool")
            .mayOnlyBeAccessedByLayers("api", "limits", "importing")
            .whereLayer("bar")
            .mayOnlyBeAccessedByLayers("api", "series", "importing");

    @ArchTest
    static final ArchRule packagesAreFreeOfCycles =
            slices().matching("dev.tradingplatform.stock.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule namesSayWhatThingsAre = noClasses()
            .should()
            .haveNameMatching(".*(Impl|Utils?|Helper|Manager|Dto|DTO|VO)")
            .because("such a name says nothing of what the class is for");

    @ArchTest
    static final ArchRule everyPackageIsNullMarked = classes().should(beInANullMarkedPackage());

    @ArchTest
    static final ArchRule nobodySleeps = noClasses()
            .should()
            .callMethod(Thread.class, "sleep", long.class)
            .orShould()
            .callMethod(Thread.class, "sleep", Duration.class)
            .because("waiting for time to pass is never what is meant");

    @ArchTest
    static final ArchRule timeIsInjected = noClasses()
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .because("an InstantSource can be moved by a test");

    @ArchTest
    static final ArchRule fieldsAreNotInjected = GeneralCodingRules.NO_CLASSES_SHOULD_USE_FIELD_INJECTION;

    @ArchTest
    static final ArchRule exceptionsAreSpecific = GeneralCodingRules.NO_CLASSES_SHOULD_THROW_GENERIC_EXCEPTIONS;

    @ArchTest
    static final ArchRule nobodyPrints = GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;

    private static ArchCondition<JavaClass> beInANullMarkedPackage() {
        return new ArchCondition<>("be in a @NullMarked package") {
            @Override
            public void check(JavaClass item, ConditionEvents events) {
                boolean marked = item.getPackage().isAnnotatedWith(NullMarked.class);
                events.add(new SimpleConditionEvent(item, marked, item.getName() + " in a package that is not"));
            }
        };
    }
}
