package org.whisker.page;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.whisker.ablation.result.ArmRow;
import org.whisker.explain.Finding;
import org.whisker.explain.MadeFinding;
import org.whisker.hypothesis.Hypotheses;
import org.whisker.hypothesis.Hypothesis;
import org.whisker.stats.Verdict;
import org.whisker.table.Table;

/** A small folder as explain writes it, with every table that a page is drawn from. */
public final class SampleFolder {
  private static final int SIDE = 16;
  private static final int RUNS = 3;
  private static final String ARMS =
      "arm,variant,view,run,seed,ending,success,evaluations_to_target,p_target,logit,search_logit,"
          + "bare_p_target,black_pixels,edge_index,evaluations,generations,message";

  private final Path folder;
  private final List<String> models;

  private SampleFolder(Path folder, List<String> models) {
    this.folder = folder;
    this.models = models;
  }

  /** With everything, for these models. */
  public static void write(Path folder, String... models) throws IOException {
    SampleFolder sample = new SampleFolder(folder, List.of(models));
    sample.manifest();
    Finding.TABLE.writeIn(folder, findings(sample.models));
    sample.tables();
    for (String model : sample.models) {
      sample.model(model);
    }
    sample.comparison();
  }

  /** The least that a folder has: all hypotheses, no run with a black pixel. */
  public static void writeWhite(Path folder, String model) throws IOException {
    SampleFolder sample = new SampleFolder(folder, List.of(model));
    sample.manifest();
    List<Finding> none = new ArrayList<>();
    for (Hypothesis question : Hypotheses.all()) {
      none.add(Finding.untested(question.id(), model, question.id(), "all runs are white"));
    }
    Finding.TABLE.writeIn(folder, none);
    sample.csv(
        model + "/geometry/arms.csv",
        ARMS,
        "evolved,as-stored,direct,1,1,evaluations,0,,0.29,0.9,0.9,0.29,0,,100,5,");
    sample.csv(model + "/runs/1/best.csv", "x,y");
  }

  static List<Finding> findings(List<String> models) {
    List<Finding> tests = new ArrayList<>();
    for (Hypothesis question : Hypotheses.all()) {
      for (String model : models) {
        tests.add(finding(new MadeFinding(question.id()).on(model)));
      }
    }
    return tests;
  }

  private static Finding finding(MadeFinding made) {
    Finding plain = made.test();
    String hypothesis = plain.hypothesis();
    return switch (hypothesis) {
      case "geometry" -> made.edgeIndex(0.13).verdict(Verdict.REFUTED).test();
      case "safe-harbour" -> made.effect(0.35).share(0.95).test();
      case "padding" -> made.effect(-0.09).share(-0.26).verdict(Verdict.REFUTED).test();
      case "location-tied" -> plain;
      case "founders" -> made.effect(0.02).verdict(Verdict.UNDECIDED).needing(45).test();
      default -> Finding.untested(hypothesis, plain.model(), hypothesis, "needs <photos>");
    };
  }

  private void csv(String file, String header, String... rows) throws IOException {
    Path path = folder.resolve(file);
    Files.createDirectories(path.getParent());
    List<String> lines = new ArrayList<>(List.of(header));
    lines.addAll(List.of(rows));
    Files.write(path, file.endsWith(ArmRow.FILE) ? whole(ArmRow.TABLE, lines) : lines);
  }

  /** The same table with the columns that it lacks, empty. */
  private static List<String> whole(Table<?> table, List<String> lines) {
    List<String> missing = new ArrayList<>(table.header());
    missing.removeAll(List.of(lines.get(0).split(",")));
    List<String> whole = new ArrayList<>();
    whole.add(lines.get(0) + "," + String.join(",", missing));
    lines.stream().skip(1).forEach(line -> whole.add(line + ",".repeat(missing.size())));
    return whole;
  }

  private void manifest() throws IOException {
    Files.createDirectories(folder);
    Files.writeString(
        folder.resolve("manifest.json"),
        """
        {"format": 1, "command": "explain", "budget": "quick", "seed": 1, "runs": 3, "alpha": 0.05,
         "equivalence_margin": 0.05, "device": "cpu", "seconds": 12.5,
         "versions": {"whisker": "<b>0.1</b>", "java": "17"},
         "parts": [{"part": "padding", "seconds": 3.5, "cached": true}], "status": "done"}
        """);
  }

  private void tables() throws IOException {
    csv(
        "models.csv",
        "model,architecture,input,weights,padding,test_accuracy,test_photos,auc,white_p_target,sha256",
        models.stream()
            .map(m -> m + ",VGG-16,1x16x16,559929,zero,0.878,1667,0.954,0.292,78dc")
            .toArray(String[]::new));
    csv("skipped.csv", "experiment,model,reason", "head," + models.get(0) + ",no head");
    csv(
        "summary.csv",
        "hypothesis,experiment,model,comparison,against,measure,control_mean,treated_mean,effect,"
            + "ci_low,ci_high,p_value,p_shaffer,p_holm_all,p_equivalence,verdict,runs_needed,"
            + "share_removed,runs,success_control,success_treated,p_target_control,p_target_treated,"
            + "pixels_control,pixels_treated,bare_p_target_control,bare_p_target_treated,"
            + "effect_at_half,pairs_at_half,effect_at_target,pairs_at_target,equal_gain,"
            + "effect_at_gain,pairs_at_gain,effect_at_end,pairs_at_end,gain_control,gain_treated",
        models.stream()
            .flatMap(
                m ->
                    Stream.of(
                        "padding,padding,"
                            + m
                            + ",replicate,zero,edge_index,0.13,0.04,-0.09,-0.13,-0.05,0.002,0.006,"
                            + "0.1,0.99,not_the_cause,,-0.26,3,0.3,0,0.47,0.33,30,23,0.29,0.31"
                            + ",".repeat(11),
                        "weights,weights,"
                            + m
                            + ",untrained,trained,edge_index"
                            + ",".repeat(13)
                            + "0"
                            + ",".repeat(8 + 11)))
            .toArray(String[]::new));
  }

  private void model(String model) throws IOException {
    csv(
        model + "/climb.csv",
        "run,seed,evaluations,p_target,edge_index,black_pixels,generation",
        "1,1,100,0.3,0.2,1,0",
        "1,1,900,0.6,0.2,3,4",
        "2,2,100,0.3,0.2,1,0",
        "2,2,900,0.4,0.2,3,5");
    for (int run = 1; run <= 2; run++) {
      csv(
          model + "/runs/" + run + "/best-history.csv",
          "generation,x,y,black",
          "0," + run + ",0,1",
          String.format(Locale.ROOT, "%d,3,%d,1", 3 + run, run),
          String.format(Locale.ROOT, "%d,15,15,1", 3 + run));
    }
    arms(model, "geometry", "evolved");
    arms(model, "padding", "zero", "replicate");
    arms(model, "safe-harbour", "own-price", "no-penalty");
    for (int run = 1; run <= RUNS; run++) {
      csv(model + "/runs/" + run + "/best.csv", "x,y", run + ",0", "3," + run, "15,15");
    }
    map(model, "density", "relative_density", i -> i % 7);
    map(model, "probe", "delta_logit", i -> i % 5 - 2.0);
    map(model, "gradient", "logits_per_step", i -> (i % 3 - 1) * 0.01);
    profile(model + "/density_profile.csv", "density,ci_low,ci_high", ",2,1,3");
    profile(
        model + "/probe_profile.csv",
        "mean_delta_logit,share_helping,share_near_neutral",
        ",0.4,0.1,0");
    profile(model + "/gradient_profile.csv", "mean_absolute_gradient,relative", ",0.01,1.2");
    csv(
        model + "/probe_summary.csv",
        "model,helping,near_neutral,lambda,rho,rho_p",
        model + ",0.03,0.001,0.002,0.9,0.001");
    csv(
        model + "/safe-harbour/rings.csv",
        "u_from,u_to,distance_from,distance_to,places,alone_delta_logit,alone_near_neutral,"
            + "penalty_taken_off,black_pixels_a_run,runs,evolved_delta_logit,ci_low,ci_high,helping,"
            + "near_neutral,lambda",
        "0,0.5,0,2,128,0.3,0,0.2,4,10,-0.05,-0.1,-0.01,0.9,0,0.002",
        "0.5,1,3,7,128,0.3,0,0.2,4,10,-0.05,-0.1,-0.01,0.9,0,0.002");
    csv(
        model + "/location-tied/move-curves.csv",
        "move,step,delta_logit,ci_low,ci_high,share_lost,pixels",
        "roll,1,0.4,0.3,0.5,0.6,30",
        "roll,2,0.3,0.2,0.4,0.4,30",
        "mirror,0,0.7,0.5,0.9,1.1,30");
  }

  private void arms(String model, String experiment, String... arms) throws IOException {
    List<String> rows = new ArrayList<>();
    List<String> images = new ArrayList<>();
    List<String> summaries = new ArrayList<>();
    for (String arm : arms) {
      summaries.add(arm + ",edge_index,3,2,0.5,3,0.2,0.1,0.3");
      summaries.add(arm + ",p_target,3,2,0.5,3,0.55,0.35,0.75");
      for (int run = 1; run <= RUNS; run++) {
        rows.add(
            "%s,as-stored,direct,%s,%s,evaluations,%s,,0.%s5,0,0,0.29,3,0.%s,900,9,"
                .formatted(arm, run, run, run % 2, 3 + run, run));
        images.add(String.format(Locale.ROOT, "%s,%d,%d,%d,%d 17 255", arm, run, SIDE, SIDE, run));
      }
    }
    csv(model + "/" + experiment + "/arms.csv", ARMS, rows.toArray(String[]::new));
    csv(
        model + "/" + experiment + "/arm_summary.csv",
        "arm,measure,runs,successes,target,units,mean,ci_low,ci_high",
        summaries.toArray(String[]::new));
    if (arms.length > 1) {
      csv(
          model + "/" + experiment + "/images.csv",
          "arm,seed,width,height,pixels",
          images.toArray(String[]::new));
    }
  }

  private void map(String model, String name, String column, IntToDoubleFunction f)
      throws IOException {
    csv(
        model + "/" + name + ".csv",
        "x,y," + column,
        IntStream.range(0, SIDE * SIDE)
            .mapToObj(i -> i % SIDE + "," + i / SIDE + "," + f.applyAsDouble(i))
            .toArray(String[]::new));
  }

  private void profile(String file, String columns, String values) throws IOException {
    csv(
        file,
        "u_from,u_to,px_nearest,px_farthest," + columns,
        "0,0.5,0,2" + values,
        "0.5,1,3,7" + values);
  }

  private void comparison() throws IOException {
    if (models.size() < 2) {
      return;
    }
    String a = models.get(0);
    String b = models.get(1);
    csv(
        "compare/measures.csv",
        "measure,unit,model,value,ci_low,ci_high,runs",
        "edge index,E," + a + ",0.13,0.09,0.17,3",
        "edge index,E," + b + ",0.58,0.56,0.61,3");
    csv(
        "compare/differences.csv",
        "measure,model_a,model_b,difference,ci_low,ci_high,p_value,p_holm,pairs",
        "edge index," + a + "," + b + ",-0.45,-0.5,-0.4,0.002,0.01,3");
    csv(
        "compare/transfer.csv",
        "from,to,images,still_targets,share,ci_low,ci_high,random_share",
        a + "," + b + ",3,1,0.33,0.01,0.9,0");
    csv(
        "compare/profiles.csv",
        "profile,model,u_from,u_to,value,ci_low,ci_high",
        "density," + a + ",0,0.5,2,1,3",
        "density," + a + ",0.5,1,0.2,0.1,0.3",
        "probe," + b + ",0,0.5,0.1,0,0.2",
        "probe," + b + ",0.5,1,0.5,,");
  }
}
