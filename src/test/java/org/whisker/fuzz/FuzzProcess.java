package org.whisker.fuzz;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Jazzer in a process of its own, which may have {@value #HEAP_MIB} MiB of heap and {@value
 * #TIMEOUT_S} s for an input. It follows the branches that inputs take, so that those which reach
 * further into a decoder are varied further.
 *
 * @param decoder its name; empty for all, chosen by an input's first byte
 * @param runs inputs that are tried, at most
 * @param seconds that it goes on, at most
 */
record FuzzProcess(String decoder, long runs, long seconds) {
  static final int HEAP_MIB = 256;
  static final int TIMEOUT_S = 20;

  private static final Pattern DONE = Pattern.compile("(?m)^(?:Done |#)(\\d+)");

  /**
   * What came of it.
   *
   * @param inputs that were tried
   * @param failed whether it ended at an input, which then lies in the folder
   */
  record Outcome(long inputs, boolean failed, String log) {}

  /**
   * Runs it.
   *
   * @param folder for the corpus, which grows, and for inputs that fail
   */
  Outcome run(Path folder, long seed) throws IOException, InterruptedException {
    Path corpus = folder.resolve("corpus");
    FuzzTarget.writeSeeds(decoder, corpus);
    Path log = folder.resolve("log");
    ProcessBuilder builder =
        new ProcessBuilder(words(folder.resolve("failed-"), corpus, seed))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    int exitCode = builder.start().waitFor();
    String text = Files.readString(log, StandardCharsets.ISO_8859_1);
    return new Outcome(inputs(text), exitCode != 0, text);
  }

  private List<String> words(Path failed, Path corpus, long seed) throws IOException {
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.addAll(List.of("-Xmx" + HEAP_MIB + "m", "-XX:+UseSerialGC", "-Xss1m"));
    words.addAll(List.of("-Djava.awt.headless=true", "-D" + FuzzTarget.DECODER + "=" + decoder));
    words.add("-Djava.io.tmpdir=" + Files.createDirectories(corpus.resolveSibling("scratch")));
    words.addAll(List.of("-cp", System.getProperty("java.class.path")));
    words.add("com.code_intelligence.jazzer.Jazzer");
    words.add("--target_class=" + FuzzTarget.class.getName());
    words.add("--instrumentation_includes=org.whisker.**");
    words.add("--hooks=false"); // they cost ten times as much, for sinks that are not here
    words.addAll(List.of("-seed=" + seed, "-runs=" + runs, "-max_total_time=" + seconds));
    words.addAll(List.of("-timeout=" + TIMEOUT_S, "-max_len=20000", "-rss_limit_mb=0"));
    words.add("--reproducer_path=" + corpus.getParent());
    words.addAll(List.of("-artifact_prefix=" + failed, "-print_final_stats=1"));
    words.add(corpus.toString());
    return words;
  }

  private static long inputs(String log) {
    Matcher done = DONE.matcher(log);
    long inputs = 0;
    while (done.find()) {
      inputs = Math.max(inputs, Long.parseLong(done.group(1)));
    }
    return inputs;
  }
}
