package dev.tradingplatform.stock.api;

import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import dev.tradingplatform.stock.bar.Decimal;
import dev.tradingplatform.stock.bar.Ticker;
import dev.tradingplatform.stock.bar.Timeframe;
import dev.tradingplatform.stock.importing.DatePattern;
import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverter;
import io.swagger.v3.core.converter.ModelConverterContext;
import io.swagger.v3.core.converter.ModelConverters;
import io.swagger.v3.core.util.Json;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.Paths;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.media.BooleanSchema;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.NumberSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import java.lang.reflect.RecordComponent;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.customizers.GlobalOpenApiCustomizer;
import org.springdoc.core.customizers.ParameterCustomizer;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.MethodParameter;

/** What springdoc cannot know of the code: the forms of its values, and what all responses have in common. */
@Configuration(proxyBeanMethods = false)
class OpenApiGeneration {

    private static final String PROBLEM = "application/problem+json";
    private static final String TICKER = "^[A-Za-z0-9^][A-Za-z0-9._=^&-]*(/[A-Za-z0-9][A-Za-z0-9._=^&-]*)*$";
    private static final Set<Class<?>> TEXTS = Set.of(DateOrTime.class, ZoneId.class, DatePattern.class);

    @Bean
    ModelConverter valueForms() {
        return OpenApiGeneration::schema;
    }

    @Bean
    GlobalOpenApiCustomizer sharedParts() {
        return OpenApiGeneration::complete;
    }

    @Bean
    ParameterCustomizer parameterForms() {
        // springdoc takes a time zone for one of Spring MVC's own arguments
        SpringDocUtils.getConfig()
                .removeRequestWrapperToIgnore(ZoneId.class)
                .addSimpleTypesForParameterObject(Ticker.class, DateOrTime.class, ZoneId.class, DatePattern.class);
        return OpenApiGeneration::parameter;
    }

    /** springdoc forgets the type of a parameter that has a default, and makes optional ones nullable. */
    private static Parameter parameter(Parameter described, MethodParameter declared) {
        Schema<?> known = described.getSchema();
        Class<?> type = declared.getParameterType();
        if (known == null || "header".equals(described.getIn())) {
            return described;
        }
        Schema<?> schema = form(type);
        schema.setMinimum(known.getMinimum());
        schema.setMaximum(known.getMaximum());
        if (known.getDefault() != null) {
            schema.setDefault(known.getDefault().toString());
        }
        described.setSchema(schema);
        described.setRequired("path".equals(described.getIn()) || Boolean.TRUE.equals(described.getRequired()));
        return described;
    }

    private static Schema<?> form(Class<?> type) {
        if (type == Ticker.class) {
            return new Schema<>().$ref("#/components/schemas/Ticker");
        }
        if (type == Integer.class) {
            return new IntegerSchema();
        }
        if (type == Boolean.class) {
            return new BooleanSchema();
        }
        return type.isEnum() ? new StringSchema()._enum(constants(type)) : new StringSchema();
    }

    private static @Nullable Schema<?> schema(
            AnnotatedType type, ModelConverterContext context, Iterator<ModelConverter> chain) {
        Class<?> raw = raw(type);
        if (TEXTS.contains(raw)) {
            return new StringSchema();
        }
        if (raw == Ticker.class) {
            context.defineModel("Ticker", new StringSchema().pattern(TICKER).maxLength(32));
            return new Schema<>().$ref("#/components/schemas/Ticker");
        }
        if (raw == Decimal.class) {
            return new Schema<>().oneOf(List.of(new NumberSchema(), new StringSchema()));
        }
        if (raw.isEnum()) {
            return new StringSchema()._enum(constants(raw));
        }
        Schema<?> schema = chain.hasNext() ? chain.next().resolve(type, context, chain) : null;
        if (raw.isRecord()) {
            Schema<?> model = context.getDefinedModels().getOrDefault(raw.getSimpleName(), schema);
            if (model != null && model.getProperties() != null) {
                model.setRequired(Arrays.stream(raw.getRecordComponents())
                        .filter(component -> !component.getAnnotatedType().isAnnotationPresent(Nullable.class))
                        .map(RecordComponent::getName)
                        .toList());
            }
        }
        return schema;
    }

    private static Class<?> raw(AnnotatedType type) {
        JavaType java = Json.mapper().constructType(type.getType());
        return java.getRawClass();
    }

    private static List<String> constants(Class<?> type) {
        return Arrays.stream(type.getEnumConstants())
                .map(constant -> constant instanceof Timeframe timeframe
                        ? timeframe.code()
                        : constant.toString().toLowerCase(Locale.ROOT))
                .toList();
    }

    private static void complete(OpenAPI document) {
        Components components = document.getComponents();
        components.addHeaders("X-Served-By", header("The replica that answers.", new StringSchema()));
        components.addHeaders(
                "Discovery-Service",
                header("The service that answers, so that a recycled address is noticed.", new StringSchema()));
        components.addHeaders(
                "ETag",
                header("The same on every replica, and at one address for equal content only.", new StringSchema()));
        components.addHeaders(
                "Cache-Control", header("`no-cache`: a cache asks before it uses the response.", new StringSchema()));
        components.addHeaders("Vary", header("`Accept`", new StringSchema()));
        components.addHeaders("Location", header("Address of what was created.", new StringSchema()));
        ModelConverters.getInstance(true).readAll(Shapes.Problem.class).forEach(components::addSchemas);
        components.getSchemas().remove("InputStreamResource");
        Map<String, PathItem> paths = new TreeMap<>(document.getPaths());
        document.setPaths(new Paths());
        paths.forEach(document.getPaths()::addPathItem);
        paths.values()
                .forEach(path -> path.readOperationsMap().forEach((method, operation) -> {
                    boolean read = method == PathItem.HttpMethod.GET;
                    linesAsText(
                            operation.getRequestBody() == null
                                    ? null
                                    : operation.getRequestBody().getContent());
                    operation.setResponses(responses(components, operation, read));
                    if (!read) {
                        operation.setSecurity(
                                List.of(new SecurityRequirement(), new SecurityRequirement().addList("token")));
                    }
                }));
    }

    private static ApiResponses responses(Components components, Operation operation, boolean read) {
        ApiResponses responses = new ApiResponses();
        new TreeMap<>(operation.getResponses()).forEach((status, response) -> {
            refer(response, "X-Served-By", "Discovery-Service");
            if (status.equals("304") || status.equals("204")) {
                response.setContent(null);
            }
            linesAsText(response.getContent());
            boolean tagged = read && operation.getResponses().containsKey("304");
            if (tagged && (status.equals("200") || status.equals("304"))) {
                refer(response, "ETag", "Cache-Control", "Vary");
            }
            responses.addApiResponse(status, shared(components, response));
        });
        return responses;
    }

    /** springdoc reads an example of NDJSON as JSON. */
    private static void linesAsText(@Nullable Content content) {
        MediaType lines = content == null ? null : content.get("application/x-ndjson");
        if (lines != null && lines.getExample() != null) {
            lines.setExample(lines.getExample() + "\n");
        }
    }

    private static void refer(ApiResponse response, String... names) {
        for (String name : names) {
            response.addHeaderObject(name, new Header().$ref("#/components/headers/" + name));
        }
    }

    /** Moves a problem to the components, under the name of its type. */
    private static ApiResponse shared(Components components, ApiResponse response) {
        MediaType problem =
                response.getContent() == null ? null : response.getContent().get(PROBLEM);
        if (problem == null) {
            return response;
        }
        String type = ((JsonNode) problem.getExample()).get("type").asText();
        String name = Arrays.stream(type.substring("urn:problem:".length()).split("-"))
                .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
                .collect(Collectors.joining());
        components.addResponses(name, response);
        return new ApiResponse().$ref("#/components/responses/" + name);
    }

    private static Header header(String description, Schema<?> schema) {
        return new Header().description(description).schema(schema);
    }
}
