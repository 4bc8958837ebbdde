package dev.tradingplatform.signal;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_THROW_GENERIC_EXCEPTIONS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_FIELD_INJECTION;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.time.Instant;
import org.jspecify.annotations.NullMarked;

@AnalyzeClasses(packages = "dev.tradingplatform.signal", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String BASE = "dev.tradingplatform.signal.";

    @ArchTest
    static final ArchRule PACKAGES_FORM_NO_CYCLES =
            slices().matching(BASE + "(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule PACKAGES_USE_ONLY_WHAT_IS_BELOW_THEM = layeredArchitecture()
            .consideringOnlyDependenciesInAnyPackage(BASE + "*..")
            .layer("bar")
            .definedBy(BASE + "bar")
            .layer("catalogue")
            .definedBy(BASE + "catalogue")
            .layer("query")
            .definedBy(BASE + "query")
            .layer("indicator")
            .definedBy(BASE + "indicator")
            .layer("strategy")
            .definedBy(BASE + "strategy")
            .layer("backtest")
            .definedBy(BASE + "backtest")
            .layer("market")
            .definedBy(BASE + "market")
            .layer("cache")
            .definedBy(BASE + "cache")
            .layer("computed")
            .definedBy(BASE + "computed")
            .layer("answer")
            .definedBy(BASE + "answer")
            .layer("web")
            .definedBy(
                    BASE + "signal",
                    BASE + "chart",
                    BASE + "screen",
                    BASE + "discovery",
                    BASE + "imports",
                    BASE + "document",
                    BASE + "problem")
            .whereLayer("web")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("computed")
            .mayOnlyBeAccessedByLayers("web")
            .whereLayer("cache")
            .mayOnlyBeAccessedByLayers("market", "computed")
            .whereLayer("answer")
            .mayOnlyBeAccessedByLayers("web")
            .whereLayer("market")
            .mayOnlyBeAccessedByLayers("computed", "answer", "web")
            .whereLayer("backtest")
            .mayOnlyBeAccessedByLayers("web")
            .whereLayer("strategy")
            .mayOnlyBeAccessedByLayers("backtest", "computed", "web")
            .whereLayer("indicator")
            .mayOnlyBeAccessedByLayers("strategy", "computed", "web")
            .whereLayer("query")
            .mayOnlyBeAccessedByLayers("answer", "web");

    @ArchTest
    static final ArchRule COMPUTATION_KNOWS_NO_FRAMEWORK = noClasses()
            .that()
            .resideInAnyPackage(
                    BASE + "bar", BASE + "catalogue", BASE + "indicator", BASE + "strategy", BASE + "backtest")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.springframework..", "tools.jackson..", "com.fasterxml..", "java.net..", "java.io..");

    @ArchTest
    static final ArchRule NAMES_SAY_WHAT_A_CLASS_IS =
            noClasses().should().haveNameMatching(".*(Impl|Utils?|Helper|Manager|Dto|DTO|VO)");

    @ArchTest
    static final ArchRule PACKAGES_ARE_NULL_MARKED = classes()
            .should(new ArchCondition<>("be in a package that is @NullMarked") {
                @Override
                public void check(JavaClass item, ConditionEvents events) {
                    JavaPackage where = item.getPackage();
                    if (!where.isAnnotatedWith(NullMarked.class)) {
                        events.add(SimpleConditionEvent.violated(item, where.getName() + " is not @NullMarked"));
                    }
                }
            });

    @ArchTest
    static final ArchRule TIME_IS_INJECTED = noClasses()
            .should()
            .callMethodWhere(DescribedPredicate.describe(
                    "Thread.sleep or Instant.now",
                    call -> (call.getTargetOwner().isEquivalentTo(Thread.class) && "sleep".equals(call.getName()))
                            || (call.getTargetOwner().isEquivalentTo(Instant.class) && "now".equals(call.getName()))));

    @ArchTest
    static final ArchRule NO_FIELD_INJECTION = NO_CLASSES_SHOULD_USE_FIELD_INJECTION;

    @ArchTest
    static final ArchRule NO_GENERIC_EXCEPTIONS = NO_CLASSES_SHOULD_THROW_GENERIC_EXCEPTIONS;

    @ArchTest
    static final ArchRule NO_STANDARD_STREAMS = NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
}
