package dev.tradingplatform.stock.api;

import dev.tradingplatform.stock.bar.Ticker;
import dev.tradingplatform.stock.bar.Timeframe;
import dev.tradingplatform.stock.importing.DatePattern;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.convert.converter.Converter;
import org.springframework.core.convert.converter.ConverterFactory;
import org.springframework.format.FormatterRegistry;
import org.springframework.format.support.FormattingConversionService;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Registers the types of parameters with Spring MVC. Each converter throws {@link RefusedValueException}; that of
 * integers throws {@link NumberFormatException}.
 */
@Configuration
class ParameterConversion implements WebMvcConfigurer {

    private static final String UNKNOWN = "unknown-value";

    private final ObjectProvider<FormattingConversionService> conversion;

    /** @param conversion Spring MVC's own, which exists only after this configuration */
    ParameterConversion(ObjectProvider<FormattingConversionService> conversion) {
        this.conversion = conversion;
    }

    @Override
    public void addFormatters(FormatterRegistry registry) {
        registry.addConverter(String.class, Ticker.class, ParameterConversion::ticker);
        registry.addConverter(String.class, Timeframe.class, ParameterConversion::timeframe);
        registry.addConverter(String.class, DateOrTime.class, DateOrTime::parse);
        registry.addConverter(String.class, ZoneId.class, ParameterConversion::zone);
        registry.addConverter(String.class, DatePattern.class, ParameterConversion::datePattern);
        registry.addConverter(String.class, Boolean.class, ParameterConversion::flag);
        registry.addConverter(String.class, Integer.class, Integer::valueOf);
        registry.addConverterFactory(new LowerCaseEnums());
    }

    @Override
    public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.add(new RequestParametersResolver(conversion::getObject));
    }

    private static Ticker ticker(String text) {
        return Ticker.parse(text).orElseThrow(() -> new RefusedValueException("not-a-ticker", text, Ticker.EXPECTED));
    }

    private static Timeframe timeframe(String text) {
        return Timeframe.parse(text).orElseThrow(() -> new RefusedValueException(UNKNOWN, text, Timeframe.expected()));
    }

    private static Boolean flag(String text) {
        Boolean flag = Map.of("true", true, "false", false).get(text);
        if (flag == null) {
            throw new RefusedValueException(UNKNOWN, text, "true or false");
        }
        return flag;
    }

    private static ZoneId zone(String text) {
        try {
            return ZoneId.of(text);
        } catch (DateTimeException _) {
            throw new RefusedValueException(UNKNOWN, text, "a time zone such as America/New_York or UTC");
        }
    }

    /** In a pattern a plus is a space, which many clients write that way. */
    private static DatePattern datePattern(String text) {
        String pattern = text.replace('+', ' ');
        try {
            return DatePattern.parse(pattern);
        } catch (IllegalArgumentException _) {
            throw new RefusedValueException("not-a-pattern", pattern, "a pattern such as MM/dd/yyyy HH:mm");
        }
    }

    /** The constants of an enum, in lower case. */
    @SuppressWarnings("rawtypes") // Enum<E> of each enum
    private static final class LowerCaseEnums implements ConverterFactory<String, Enum> {

        @Override
        public <E extends Enum> Converter<String, E> getConverter(Class<E> type) {
            List<E> constants = List.of(type.getEnumConstants());
            String expected = constants.stream().map(LowerCaseEnums::name).collect(Collectors.joining(" or "));
            return text -> constants.stream()
                    .filter(constant -> name(constant).equals(text))
                    .findFirst()
                    .orElseThrow(() -> new RefusedValueException(UNKNOWN, text, expected));
        }

        private static String name(Enum constant) {
            return constant.name().toLowerCase(Locale.ROOT);
        }
    }
}
