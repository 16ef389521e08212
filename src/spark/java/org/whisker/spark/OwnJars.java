package org.whisker.spark;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * The jars that executors need: whisker's, and those of machine code in {@code natives/} beside.
 */
final class OwnJars {
  private static final String LIBTORCH = "PYTORCH_LIBRARY_PATH";

  private OwnJars() {}

  /** Sends executors what {@code spark-submit} has not sent. */
  static void send(JavaSparkContext spark) throws IOException {
    Path own = own();
    if (!Files.isRegularFile(own)) {
      return; // classes in a folder, or a cluster that has the jar on its nodes
    }
    if (!SparkDefaults.isSubmitted()) {
      spark.addJar(own.toUri().toString());
    }
    boolean baked =
        System.getenv().containsKey(LIBTORCH)
            || spark.getConf().contains("spark.executorEnv." + LIBTORCH);
    for (Path jar : natives(own)) {
      if (!baked || !jar.getFileName().toString().startsWith("pytorch-native")) {
        spark.addJar(jar.toUri().toString());
      }
    }
  }

  private static Path own() throws IOException {
    try {
      return Path.of(OwnJars.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IOException("whisker's own jar lies at an address that is none", e);
    }
  }

  private static List<Path> natives(Path own) throws IOException {
    List<Path> jars = new ArrayList<>();
    Path folder = own.resolveSibling("natives");
    if (Files.isDirectory(folder)) {
      try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.jar")) {
        files.forEach(jars::add);
      }
    }
    jars.sort(null);
    return jars;
  }
}
