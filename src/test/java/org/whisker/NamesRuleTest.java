package org.whisker;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreeScanner;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.whisker.io.Contained;

/**
 * What draws, shares or collects what others wrote makes no path of a name that it read: {@link
 * Contained} does, which refuses names that lead out of the folder.
 */
class NamesRuleTest {
  private static final Pattern READERS =
      Pattern.compile(
          ".*/(?:[A-Za-z]*(?:Charts?|Plot|Sections?|Page|Figures|Cards|Gallery|Tables)|"
              + "(?:feature/(?:report|sweep|explain)|[a-z]+/result|chart/file|page|table)/\\w+)\\.java");

  private static final Pattern CONSTANT = Pattern.compile("[A-Z][A-Z_]*");

  /** Names of the program's own: each is said with its reason. */
  private static final Set<String> OWN =
      Arrays.stream(
              """
              CollectedSearches.java run.resolve(table) # EvolveTasks.TABLES
              ConditionTables.java folder.resolve(name) # two maps
              DiagnosisPage.java folder.resolve(file) # four files
              EvolveTasks.java folder.resolve(table) # EvolveTasks.TABLES
              EvolvedImageFiles.java folder.resolve(name + ".csv") # best or minimal
              EvolvedImageFiles.java folder.resolve(name + ".png") # best or minimal
              FolderPage.java file.resolveSibling(stem(file) + ".svg") # of a listing
              Foretelling.java at.resolve("forecasts").resolve(Provenance.whiskerVersion()) # ours
              Foretelling.java folder.resolve(model.name()) # a SafeName
              Foretelling.java folder.resolve(name) # hashes
              HeatmapCharts.java folder.resolve(names.get(i)) # made by ConditionTables.Folders
              HtmlReport.java home.resolve(file) # checked in the next line
              LayerTables.java folder.resolve(STEM + "_" + map.getKey() + ".npy") # paddings
              LayerTables.java folder.resolve(STEM + "_" + padding + ".npy") # paddings
              MapFiles.java folder.resolve(name + ".csv") # written by the job itself
              MapFiles.java folder.resolve(name + ".npy") # written by the job itself
              ModelParts.java folder.resolve(model.name()) # a SafeName
              ModelParts.java own.resolve("runs").resolve(Integer.toString(i + 1))
              ProbeTables.java folder.resolve(name(PREDICTED, adds))
              ProbeTables.java folder.resolve(name(PROBE, adds))
              ReportFolder.java root.resolve(file) # Contained
              ReportFolder.java root.resolve(model) # Contained
              ReportFolder.java root.resolve(name) # Contained
              ReportFolder.java root.resolve(needed) # two files
              SaliencyFiles.java folder.resolve(of.stem() + "-" + companion.name()) # a method's
              SaliencyFiles.java folder.resolve(of.stem()) # a method's
              SaliencyFiles.java folder.resolve(stem + ".csv") # a method's
              SaliencyFiles.java folder.resolve(stem + ".npy") # a method's
              SaliencyFolder.java picture.folder().resolve(stem() + ".png") # linked, not opened
              Table.java folder.resolve(file) # a constant of the record
              """
                  .split("\n"))
          .map(line -> line.replaceAll("\\s*#.*", ""))
          .collect(Collectors.toCollection(TreeSet::new));

  @Test
  void namesThatWereReadLieInTheirFolder() throws IOException {
    Calls calls = new Calls();
    Sources.parsed(
        (file, unit) -> {
          calls.file = file;
          if (READERS.matcher(file).matches()) {
            calls.scan(unit, null);
          }
        });
    assertEquals(String.join("\n", OWN), String.join("\n", calls.found));
  }

  /**
   * Where a text is named as the key of a task, it is a cell of a table, a listing's, or another
   * key.
   */
  @Test
  void keysOfTasksAreNoTexts() throws IOException {
    Texts texts = new Texts();
    Sources.parsed(
        (file, unit) -> {
          texts.file = file;
          if (file.contains("/feature/sweep/")) {
            texts.scan(unit, null);
          }
        });
    String known =
        """
        ArmTasks.java key
        CollectedSearches.java key
        SweepCollector.java key
        SweepWorker.java key\
        """;
    assertEquals(known, String.join("\n", texts.found));
  }

  private static final class Texts extends TreeScanner<Void, Void> {
    private static final Pattern NAMES = Pattern.compile("keys?|claim|finished|conflicts|left");
    private static final Pattern TEXT =
        Pattern.compile("String|(?:Set|List)<String>|Map<String, String>");

    private final Set<String> found = new TreeSet<>();
    private String file = "";

    @Override
    public @Nullable Void visitVariable(VariableTree variable, @Nullable Void none) {
      if (NAMES.matcher(variable.getName()).matches()
          && TEXT.matcher(String.valueOf(variable.getType())).matches()) {
        found.add(Path.of(file).getFileName() + " " + variable.getName());
      }
      return super.visitVariable(variable, null);
    }
  }

  private static final class Calls extends TreeScanner<Void, Void> {
    private final Set<String> found = new TreeSet<>();
    private String file = "";

    @Override
    public @Nullable Void visitMethodInvocation(MethodInvocationTree call, @Nullable Void none) {
      if (call.getMethodSelect() instanceof MemberSelectTree method
          && method.getIdentifier().toString().matches("resolve|resolveSibling")
          && !isContained(method.getExpression())
          && !isConstant(call.getArguments().get(0))) {
        found.add(Path.of(file).getFileName() + " " + call);
      }
      return super.visitMethodInvocation(call, null);
    }

    private static boolean isContained(ExpressionTree receiver) {
      return receiver.toString().startsWith("new Contained(");
    }

    /** Literals and constants, and sums of them. */
    private static boolean isConstant(ExpressionTree name) {
      if (name instanceof ParenthesizedTree inside) {
        return isConstant(inside.getExpression());
      } else if (name instanceof BinaryTree sum) {
        return isConstant(sum.getLeftOperand()) && isConstant(sum.getRightOperand());
      } else if (name instanceof MemberSelectTree member) {
        return CONSTANT.matcher(member.getIdentifier()).matches();
      } else if (name instanceof IdentifierTree own) {
        return CONSTANT.matcher(own.getName()).matches();
      }
      return name instanceof LiteralTree;
    }
  }
}
