package dev.tradingplatform.stock.security;

import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.firewall.HttpFirewall;
import org.springframework.security.web.firewall.RequestRejectedHandler;
import org.springframework.security.web.firewall.StrictHttpFirewall;
import org.springframework.web.ErrorResponseException;

/** Requires a token for each write if a token setting is given (RFC 6750). Reads never require one. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(AuthSettings.class)
class WebSecurityConfiguration {

    /** Methods that do not write (RFC 9110 §9.2.1). */
    static final Set<String> SAFE_METHODS = Set.of("GET", "HEAD", "OPTIONS", "TRACE");

    /** Without an error code if the request has no token (RFC 6750 §3.1). */
    private static final String NO_TOKEN = "Bearer";

    private static final String INVALID_TOKEN = "Bearer error=\"invalid_token\"";

    /** The settings decide at run time, not a condition: the images evaluate conditions while they are built. */
    @Bean
    SecurityFilterChain writes(HttpSecurity http, AuthSettings settings, LongSupplier nanoTime, Refusals refusals) {
        Optional<JwtDecoder> decoder = settings.decoder(nanoTime);
        http.securityMatcher(request -> decoder.isPresent() && !SAFE_METHODS.contains(request.getMethod()))
                .csrf(AbstractHttpConfigurer::disable)
                .headers(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .sessionManagement(sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .authorizeHttpRequests(requests -> {
                    if (settings.scope().isEmpty()) {
                        requests.anyRequest().authenticated();
                    } else {
                        requests.anyRequest().hasAuthority("SCOPE_" + settings.scope());
                    }
                });
        decoder.ifPresent(tokens -> http.oauth2ResourceServer(server -> server.jwt(jwt -> jwt.decoder(tokens))
                .authenticationEntryPoint(
                        (request, response, failure) -> refusals.send(request, response, refusal(failure)))
                .accessDeniedHandler((request, response, _) ->
                        refusals.send(request, response, Refusals.insufficientScope(settings.scope())))));
        return http.build();
    }

    /** Accepts tickers such as BTC/USDT in paths. Tomcat and the controllers check the rest themselves. */
    @Bean
    HttpFirewall httpFirewall() {
        StrictHttpFirewall firewall = new StrictHttpFirewall();
        firewall.setAllowUrlEncodedSlash(true);
        // Tomcat leaves %2F in the decoded path. A percent sign that is encoded itself, %252F, is still rejected.
        firewall.getDecodedUrlBlocklist().remove("%");
        firewall.setAllowUrlEncodedPeriod(true);
        firewall.setUnsafeAllowAnyHttpMethod(true);
        // A rejected value would surface as an exception in the controller that reads it.
        firewall.setAllowedHeaderNames(_ -> true);
        firewall.setAllowedHeaderValues(_ -> true);
        firewall.setAllowedParameterNames(_ -> true);
        firewall.setAllowedParameterValues(_ -> true);
        return firewall;
    }

    @Bean
    RequestRejectedHandler requestRejectedHandler(Refusals refusals) {
        return (request, response, rejection) ->
                refusals.send(request, response, Refusals.badRequest(String.valueOf(rejection.getMessage())));
    }

    private static ErrorResponseException refusal(AuthenticationException failure) {
        return switch (failure) {
            case ProviderUnavailableException _ -> Refusals.providerUnavailable();
            case OAuth2AuthenticationException _ ->
                Refusals.unauthorized("the token is refused: " + failure.getMessage(), INVALID_TOKEN);
            default ->
                Refusals.unauthorized("the header Authorization is missing (expected: Bearer and a token)", NO_TOKEN);
        };
    }
}
