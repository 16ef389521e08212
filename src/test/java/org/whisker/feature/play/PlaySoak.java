package org.whisker.feature.play;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.whisker.cli.Main;
import org.whisker.cli.TinyModels;
import org.whisker.feature.play.RawClient.Reply;

/**
 * Jobs of a page, one after the other: gradients, Grad-CAM and searches of two generations; and
 * what memory its process has meanwhile.
 */
public final class PlaySoak {
  private static final int JOBS = 1_000;
  private static final int ROUNDS = 20;
  private static final int MOST_A_ROUND = 5_000;
  private static final double LEAST_SHARE = 0.1; // of growth in the second half
  private static final String ENDED = "event: ended";
  private static final List<String> KINDS = List.of("gradient", "grad-cam", "evolution");

  /** As the launcher has it for a page. */
  private static final List<String> OPTIONS =
      List.of(
          "-Xmx2g",
          "-XX:G1PeriodicGCInterval=30000",
          "-XX:-G1PeriodicGCInvokesConcurrent",
          "-XX:+IgnoreUnrecognizedVMOptions",
          "-XX:+UnlockExperimentalVMOptions",
          "-XX:TrimNativeHeapInterval=60000",
          "-Dai.djl.offline=true",
          "-Djava.awt.headless=true");

  private final Process process;
  private final InetSocketAddress address;
  private final String token;
  private List<String> kinds = KINDS;

  private PlaySoak(Process process, InetSocketAddress address, String token) {
    this.process = process;
    this.address = address;
    this.token = token;
  }

  /**
   * Does as many jobs as the first argument says, of the kinds that the others name: of all in
   * turn, where none is named.
   *
   * @return whether the process has not grown by a tenth in the second half
   */
  public static boolean run(Path root, List<String> args) throws IOException {
    int jobs = args.isEmpty() ? JOBS : Integer.parseInt(args.get(0));
    TinyModels.save(root, "tiny");
    PlaySoak soak = start(root);
    soak.kinds = args.size() < 2 ? KINDS : args.subList(1, args.size());
    try {
      List<Double> memory = soak.go(jobs);
      double middle = memory.get(memory.size() / 2 - 1);
      double last = memory.get(memory.size() - 1);
      System.out.printf(
          "%d jobs of %s: resident MiB %s%n",
          jobs, soak.kinds, memory.stream().map(Math::round).toList());
      return last < middle * (1 + LEAST_SHARE);
    } finally {
      soak.process.destroyForcibly();
    }
  }

  private static PlaySoak start(Path root) throws IOException {
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.addAll(OPTIONS);
    words.addAll(List.of("-Dwhisker.home=" + root, "-cp", System.getProperty("java.class.path")));
    words.addAll(List.of(Main.class.getName(), "play", "tiny", "--no-open"));
    ProcessBuilder builder =
        new ProcessBuilder(words).redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().put("OMP_NUM_THREADS", "1");
    builder.environment().put("OMP_WAIT_POLICY", "passive");
    Process process = builder.start();
    BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
    URI page = URI.create(String.valueOf(out.readLine()));
    return new PlaySoak(
        process,
        new InetSocketAddress(InetAddress.getByName(page.getHost()), page.getPort()),
        String.valueOf(page.getFragment()).replace("token=", ""));
  }

  /** Resident MiB after each of the rounds. */
  private List<Double> go(int jobs) throws IOException {
    List<Double> memory = new ArrayList<>();
    int round = Math.max(1, Math.min(MOST_A_ROUND, jobs / ROUNDS));
    try (Socket events = new Socket()) {
      events.connect(address);
      String head = "GET /api/events HTTP/1.1\r\n" + String.join("\r\n", own()) + "\r\n\r\n";
      events.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
      InputStream in = new BufferedInputStream(events.getInputStream());
      untilSaid(in, ": open");
      for (int i = 0; i < jobs; i++) {
        begin(i);
        untilSaid(in, ENDED);
        if ((i + 1) % round == 0) {
          memory.add(residentMib());
          System.out.printf("%,d jobs, %.0f MiB%n", i + 1, memory.get(memory.size() - 1));
        }
      }
    }
    return memory;
  }

  private List<String> own() {
    String host = "127.0.0.1:" + address.getPort();
    return List.of("Host: " + host, "Origin: http://" + host, "X-Whisker-Token: " + token);
  }

  private void begin(int i) throws IOException {
    byte[] levels = new byte[TinyModels.SIDE * TinyModels.SIDE];
    Arrays.fill(levels, (byte) 255);
    levels[i % levels.length] = 0;
    String state =
        "{'width':32,'height':32,'levels':'%s','background':255,'ink':0,'model':{'model':'tiny','padding':null},'beside':null}"
            .formatted(Base64.getEncoder().encodeToString(levels));
    byte[] body =
        "{'state':%s,'kind':'%s','search':{'preset':'question','seed':1,'generations':2}}"
            .formatted(state, kinds.get(i % kinds.size()))
            .replace('\'', '"')
            .getBytes(StandardCharsets.UTF_8);
    List<String> lines = new ArrayList<>(List.of("POST /api/job HTTP/1.1"));
    lines.addAll(own());
    lines.add("Content-Length: " + body.length);
    Reply reply = RawClient.send(address, lines, body);
    if (reply.status() != 200) {
      throw new IOException(reply.text());
    }
  }

  private static void untilSaid(InputStream in, String word) throws IOException {
    int at = 0;
    while (at < word.length()) {
      int next = in.read();
      if (next < 0) {
        throw new IOException("the page's server has ended");
      }
      at = next == word.charAt(at) ? at + 1 : next == word.charAt(0) ? 1 : 0;
    }
  }

  private double residentMib() throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/" + process.pid() + "/status"))) {
      if (line.startsWith("VmRSS:")) {
        return Long.parseLong(line.replaceAll("\\D", "")) / 1024.0;
      }
    }
    throw new IOException("this system does not say how much memory is resident");
  }
}
