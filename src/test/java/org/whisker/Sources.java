package org.whisker;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.util.JavacTask;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** The program's source, parsed, for rules that no class file shows. */
final class Sources {
  private Sources() {}

  /** Hands over each file with its syntax tree. */
  static void parsed(BiConsumer<String, CompilationUnitTree> taken) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
      JavacTask task =
          (JavacTask)
              compiler.getTask(
                  null,
                  manager,
                  null,
                  List.of("-proc:none"),
                  null,
                  manager.getJavaFileObjectsFromPaths(files()));
      task.parse().forEach(unit -> taken.accept(unit.getSourceFile().getName(), unit));
    }
  }

  private static List<Path> files() throws IOException {
    List<Path> sources = new ArrayList<>();
    for (String root : List.of("src/main/java", "src/spark/java")) {
      try (Stream<Path> files = Files.walk(Path.of(root))) {
        sources.addAll(files.filter(file -> file.toString().endsWith(".java")).toList());
      }
    }
    return sources;
  }
}
