package dev.tradingplatform.stock.api;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.constraints.Max;
import java.lang.reflect.Constructor;
import java.lang.reflect.Parameter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.BeanUtils;
import org.springframework.core.MethodParameter;
import org.springframework.core.convert.ConversionFailedException;
import org.springframework.core.convert.ConversionService;
import org.springframework.util.Assert;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.validation.FieldError;
import org.springframework.web.bind.WebDataBinder;
import org.springframework.web.bind.annotation.BindParam;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.util.UriComponentsBuilder;
import org.springframework.web.util.UriUtils;

/**
 * Binds {@link RequestParameters} by Spring's conversion service and Bean Validation, and reports all faults of a
 * request at once: refused values, constraints, contradictions, repeated and unknown parameters (a misspelled one must
 * not return everything).
 *
 * <p>{@code @ModelAttribute} does not do: it validates only if every conversion succeeded, takes the first of repeated
 * values, ignores unknown names, and takes a {@code +} in a query for a space. Here it is a plus (RFC 3986), so that
 * {@code 00:00:00+01:00} needs no escaping. Parameters are read from the query alone, never from a body.
 */
final class RequestParametersResolver implements HandlerMethodArgumentResolver {

    private final Supplier<? extends ConversionService> conversion;
    private final ClassValue<Shape> shapes = new ClassValue<>() {
        @Override
        protected Shape computeValue(Class<?> type) {
            return Shape.of(type);
        }
    };

    RequestParametersResolver(Supplier<? extends ConversionService> conversion) {
        this.conversion = conversion;
    }

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return RequestParameters.class.isAssignableFrom(parameter.getParameterType());
    }

    @Override
    public RequestParameters resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest webRequest,
            @Nullable WebDataBinderFactory binders)
            throws Exception {
        HttpServletRequest request = webRequest.getNativeRequest(HttpServletRequest.class);
        Assert.state(request != null && binders != null, "not a servlet request");
        ParameterFaults faults = new ParameterFaults();
        Values values = new Values(shapes.get(parameter.getParameterType()), request, conversion.get(), faults);
        RequestParameters parameters = values.bind();
        WebDataBinder binder = binders.createBinder(webRequest, parameters, "parameters");
        binder.validate();
        binder.getBindingResult().getFieldErrors().forEach(values::refuseConstraint);
        values.refuseNumbers(parameters);
        parameters.check(faults);
        values.refuseUnknown();
        faults.check();
        values.checkAcceptable();
        return parameters;
    }

    /**
     * One parameter.
     *
     * @param max the upper bound of an integer, which has no effect on other types
     */
    private record Component(String name, Class<?> type, boolean inPath, OptionalLong max) {

        static Component of(Parameter parameter) {
            BindParam bound = parameter.getAnnotation(BindParam.class);
            Max max = parameter.getAnnotation(Max.class);
            return new Component(
                    bound == null ? parameter.getName() : bound.value(),
                    parameter.getType(),
                    parameter.isAnnotationPresent(PathVariable.class),
                    max == null ? OptionalLong.empty() : OptionalLong.of(max.value()));
        }
    }

    /**
     * What a record of parameters consists of. Read once: with each request, the JVM would parse the annotations again
     * for every {@link Parameter}, which took longer than the rest of a small read.
     */
    private record Shape(Constructor<?> constructor, List<Component> components) {

        static Shape of(Class<?> type) {
            Constructor<?> constructor = BeanUtils.getResolvableConstructor(type);
            return new Shape(
                    constructor,
                    Arrays.stream(constructor.getParameters())
                            .map(Component::of)
                            .toList());
        }
    }

    /** The values of one request. */
    private static final class Values {

        private final Shape shape;
        private final HttpServletRequest request;
        private final ConversionService conversion;
        private final ParameterFaults faults;
        private final MultiValueMap<String, String> query;
        private final Map<String, String> wrongNumbers = new LinkedHashMap<>();
        private boolean acceptable = true;

        Values(Shape shape, HttpServletRequest request, ConversionService conversion, ParameterFaults faults) {
            this.shape = shape;
            this.request = request;
            this.conversion = conversion;
            this.faults = faults;
            this.query = decoded(UriComponentsBuilder.newInstance()
                    .query(request.getQueryString())
                    .build()
                    .getQueryParams());
        }

        RequestParameters bind() {
            @Nullable
            Object[] values = shape.components().stream().map(this::value).toArray();
            return (RequestParameters) BeanUtils.instantiateClass(shape.constructor(), values);
        }

        /** Converts the text of a parameter; reports a text that is refused and returns null for it. */
        private @Nullable Object value(Component component) {
            String name = component.name();
            Optional<String> text = component.inPath() ? variable(name) : parameter(name);
            if (text.isEmpty()) {
                return component.type() == Representation.class ? negotiated() : null;
            }
            try {
                return conversion.convert(text.get(), component.type());
            } catch (ConversionFailedException e) {
                if (e.getCause() instanceof RefusedValueException refused) {
                    faults.refuse(name, refused.code(), refused.text(), refused.expected());
                } else {
                    wrongNumbers.put(name, text.get());
                }
                return null;
            }
        }

        void refuseConstraint(FieldError error) {
            wrongNumbers.put(error.getField(), String.valueOf(error.getRejectedValue()));
        }

        /** Reports numbers that are none or out of range. */
        void refuseNumbers(RequestParameters parameters) {
            for (Component component : shape.components()) {
                String name = component.name();
                String text = wrongNumbers.get(name);
                if (text != null && component.max().isPresent()) {
                    String expected = "an integer from 1 to "
                            + parameters.max(name, component.max().getAsLong());
                    faults.refuse(name, "out-of-range", text, expected);
                }
            }
        }

        void refuseUnknown() {
            List<String> accepted = shape.components().stream()
                    .filter(component -> !component.inPath())
                    .map(Component::name)
                    .toList();
            String expected = accepted.isEmpty() ? "no parameters" : String.join(", ", accepted);
            query.forEach((name, values) -> {
                if (!accepted.contains(name)) {
                    faults.refuse(name, "unknown-parameter", values.getFirst(), expected);
                }
            });
        }

        /** Throws the problem {@code not-acceptable} if no representation fits the header Accept. */
        void checkAcceptable() {
            if (!acceptable) {
                throw Problems.notAcceptable(request);
            }
        }

        /** Returns the representation that the header Accept prefers, where a parameter could name one. */
        private @Nullable Representation negotiated() {
            Optional<Representation> accepted = Representation.accepted(request);
            acceptable = accepted.isPresent();
            return accepted.orElse(null);
        }

        private Optional<String> parameter(String name) {
            List<String> texts = query.getOrDefault(name, List.of());
            if (texts.size() > 1) {
                faults.refuse(name, "repeated", String.join(", ", texts), "once");
            }
            return texts.stream().findFirst();
        }

        private Optional<String> variable(String name) {
            return request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE) instanceof Map<?, ?> variables
                            && variables.get(name) instanceof String text
                    ? Optional.of(text)
                    : Optional.empty();
        }

        private MultiValueMap<String, String> decoded(MultiValueMap<String, String> encoded) {
            MultiValueMap<String, String> decoded = new LinkedMultiValueMap<>();
            encoded.forEach((name, values) -> values.forEach(value -> decoded.add(decode(name), decode(value))));
            return decoded;
        }

        private String decode(@Nullable String text) {
            try {
                return text == null ? "" : UriUtils.decode(text, StandardCharsets.UTF_8);
            } catch (IllegalArgumentException _) {
                faults.refuse("query", "malformed", text, "percent-encoded UTF-8");
                return text;
            }
        }
    }
}
