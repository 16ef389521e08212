package org.whisker.hub;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.whisker.hub.HubClient.EnvironmentProxies;

class EnvironmentProxiesTest {
  private static List<Proxy> proxies(Map<String, String> environment, String uri) {
    return new EnvironmentProxies(environment::get).select(URI.create(uri));
  }

  private static String address(Proxy proxy) {
    InetSocketAddress address = (InetSocketAddress) proxy.address();
    return address.getHostString() + ":" + address.getPort();
  }

  @Test
  void proxiesComeFromTheEnvironment() {
    Map<String, String> set =
        Map.of("https_proxy", "http://proxy.example:3128", "NO_PROXY", "localhost,.inner.example");
    assertEquals("proxy.example:3128", address(proxies(set, "https://huggingface.co/x").get(0)));
    assertEquals(List.of(Proxy.NO_PROXY), proxies(set, "https://a.inner.example/x"));
    assertEquals(List.of(Proxy.NO_PROXY), proxies(set, "https://localhost/x"));
    assertEquals(List.of(Proxy.NO_PROXY), proxies(Map.of(), "https://huggingface.co/x"));
    assertEquals(
        "proxy:8080", address(proxies(Map.of("ALL_PROXY", "proxy:8080"), "http://x/").get(0)));
  }

  @Test
  void passwordsAreNotTaken() {
    Map<String, String> set = Map.of("HTTPS_PROXY", "http://a:b@proxy:1");
    UncheckedIOException refused =
        assertThrows(UncheckedIOException.class, () -> proxies(set, "https://huggingface.co/x"));
    assertTrue(refused.toString().contains("models import --arch"), refused.toString());
    assertFalse(refused.toString().contains("a:b"), "a password is not repeated");
  }
}
