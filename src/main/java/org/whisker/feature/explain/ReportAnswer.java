package org.whisker.feature.explain;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.whisker.ablation.WithheldComparison;
import org.whisker.ablation.result.ClimbRow;
import org.whisker.ablation.result.EffectRow;
import org.whisker.ablation.result.ObservationRow;
import org.whisker.explain.Answer;
import org.whisker.explain.Answer.Clause;
import org.whisker.explain.ControlRuns;
import org.whisker.explain.Finding;
import org.whisker.explain.ShortAnswer;
import org.whisker.hypothesis.Hypotheses;
import org.whisker.hypothesis.Hypothesis;
import org.whisker.hypothesis.HypothesisResult;
import org.whisker.hypothesis.Planned;
import org.whisker.position.Forecast.Expected;

/** The answer of a report for each of its models, composed from its tables. */
record ReportAnswer(ReportFolder folder) {
  /** One per model, in their order. */
  static List<Answer> of(ReportFolder folder) throws IOException {
    ReportAnswer report = new ReportAnswer(folder);
    List<String> biases = ShortAnswer.of(report.controls(), folder.findings());
    int tests = folder.findings().size();
    List<Answer> answers = new ArrayList<>();
    for (String model : folder.models()) {
      Map<String, HypothesisResult> decided = report.decided(model);
      String bias =
          biases.get(answers.size()).replaceFirst("\\.$", "")
              + Optional.ofNullable(decided.get(Hypotheses.GEOMETRY.id()))
                  .flatMap(geometry -> ShortAnswer.beyond(geometry, tests))
                  .map(text -> "; " + text)
                  .orElse("")
              + Foretelling.sentence(folder.read(Expected.TABLE, model + "/" + Expected.FILE))
                  .map(text -> "; " + text)
                  .orElse("");
      answers.add(
          Answer.of(
              new Clause(Optional.of(Hypotheses.GEOMETRY.id()), bias),
              Hypotheses.all(),
              each -> Optional.ofNullable(decided.get(each.id())),
              each -> report.isWithheld(model, each)));
    }
    return answers;
  }

  private boolean isWithheld(String model, Hypothesis hypothesis) {
    return folder.findings(hypothesis.id()).stream()
        .anyMatch(f -> f.model().equals(model) && !f.isTested() && folder.wasDone(f));
  }

  private List<ControlRuns> controls() throws IOException {
    List<ControlRuns> controls = new ArrayList<>();
    for (String model : folder.models()) {
      Optional<ControlArm> control = ControlArm.of(folder, model);
      if (control.isPresent()) {
        controls.add(
            control.get().inShort(model, folder.read(ClimbRow.TABLE, model + "/" + ClimbRow.FILE)));
      }
    }
    return controls;
  }

  private Map<String, HypothesisResult> decided(String model) throws IOException {
    Map<String, HypothesisResult> all = new LinkedHashMap<>();
    for (Finding finding : folder.findings()) {
      if (finding.model().equals(model) && (finding.isTested() || tells(finding))) {
        all.put(finding.hypothesis(), decided(finding));
      }
    }
    return all;
  }

  private boolean tells(Finding finding) {
    return Hypotheses.get(finding.hypothesis()).tellsWithoutVerdict() && folder.wasDone(finding);
  }

  /** All that its experiments found, but what can't bear a verdict: no clause stands on that. */
  private HypothesisResult decided(Finding finding) throws IOException {
    Hypothesis hypothesis = Hypotheses.get(finding.hypothesis());
    List<ObservationRow> observations = new ArrayList<>();
    List<EffectRow> effects = new ArrayList<>();
    for (Planned planned : hypothesis.experiments()) {
      String own = finding.model() + "/" + planned.ablation().id() + "/";
      Set<String> withheld =
          folder.read(WithheldComparison.TABLE, own + WithheldComparison.FILE).stream()
              .map(WithheldComparison::comparison)
              .collect(Collectors.toSet());
      folder.read(ObservationRow.TABLE, own + ObservationRow.FILE).stream()
          .filter(row -> !withheld.contains(row.observed()))
          .forEach(observations::add);
      folder.read(EffectRow.TABLE, own + EffectRow.FILE).stream()
          .filter(row -> !row.isOfEdgeIndex() || !row.isAmong(withheld))
          .forEach(effects::add);
    }
    return new HypothesisResult(
        finding.judged(), finding.effect(), finding.low(), finding.high(), observations, effects);
  }
}
