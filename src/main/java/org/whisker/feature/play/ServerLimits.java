package org.whisker.feature.play;

import java.util.Map;

/**
 * Limits of the JDK's server, which knows them as system properties alone and reads them once, when
 * the first server of the process is made. What is set already is kept.
 */
final class ServerLimits {
  /**
   * Threads that answer, one a connection: a stream of events holds one, and so does whoever sends
   * half a head and waits. They end when they have nothing to do.
   */
  static final int THREADS = 256;

  /** Streams of events: pages that are open at the same time. */
  static final int STREAMS = 4;

  /** A photo's file. */
  static final int PHOTO_BYTES = 32 << 20;

  private static final Map<String, String> JDK =
      Map.of(
          "jdk.httpserver.maxConnections", String.valueOf(THREADS),
          "sun.net.httpserver.maxIdleConnections", "32",
          // seconds until a request must have come in, its body included
          "sun.net.httpserver.maxReqTime", "10",
          "sun.net.httpserver.maxReqHeaders", "50",
          "sun.net.httpserver.maxReqHeaderSize", "16384",
          // otherwise small answers wait for each other
          "sun.net.httpserver.nodelay", "true");

  private ServerLimits() {}

  static void apply() {
    JDK.forEach((name, value) -> System.setProperty(name, System.getProperty(name, value)));
  }
}
