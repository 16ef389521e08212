package org.whisker.explain;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.whisker.ablation.result.ObservationRow;
import org.whisker.explain.Answer.Clause;
import org.whisker.hypothesis.Declaration;
import org.whisker.hypothesis.Hypotheses;
import org.whisker.hypothesis.Hypothesis;
import org.whisker.hypothesis.HypothesisResult;
import org.whisker.hypothesis.Topic;
import org.whisker.stats.Verdict;

class AnswerTest {
  private static final Clause FIRST = new Clause(Optional.of("geometry"), "there is a bias");

  /** A hypothesis with a clause where its verdict is that it holds. */
  private record Told(String id, Topic topic, String tells) implements Hypothesis {
    @Override
    public Declaration declared() {
      Declaration known = Hypotheses.GEOMETRY.declared();
      return Declaration.of(id, topic, known.wording(), known.decisive()).tells(tells);
    }

    @Override
    public Optional<String> clause(HypothesisResult decided) {
      return decided.verdict() == Verdict.SUPPORTED
          ? Optional.of("clause of " + id)
          : Optional.empty();
    }
  }

  private static Answer answer(List<Hypothesis> all, Map<String, Verdict> verdicts) {
    return Answer.of(
        FIRST,
        all,
        each -> Optional.ofNullable(verdicts.get(each.id())).map(AnswerTest::decided),
        each -> each.id().equals("withheld"));
  }

  private static HypothesisResult decided(Verdict verdict) {
    OptionalDouble none = OptionalDouble.empty();
    return new HypothesisResult(verdict, none, none, none, List.of(), List.of());
  }

  @Test
  void clausesStandByTopicAndNameWhatBearsThem() {
    List<Hypothesis> all =
        List.of(
            new Told("origin", Topic.ORIGIN, "where it comes from"),
            new Told("silent", Topic.CLOSES, ""),
            new Told("barrier", Topic.CLOSES, "what closes the middle"));
    Answer answer =
        answer(
            all,
            Map.of(
                "origin", Verdict.SUPPORTED,
                "silent", Verdict.SUPPORTED,
                "barrier", Verdict.SUPPORTED));
    assertEquals(
        List.of(
            FIRST,
            new Clause(Optional.of("barrier"), "clause of barrier"),
            new Clause(Optional.of("origin"), "clause of origin")),
        answer.sentences().stream().flatMap(each -> each.clauses().stream()).toList());
    assertEquals("There is a bias. Clause of barrier. Clause of origin.", answer.text());
  }

  private static ObservationRow share(String name, double value) {
    OptionalDouble none = OptionalDouble.empty();
    return new ObservationRow(
        name,
        "none",
        "share of the contrast",
        value,
        OptionalDouble.of(value - 0.05),
        OptionalDouble.of(value + 0.05),
        none,
        none,
        none,
        none,
        "",
        OptionalLong.empty(),
        24,
        0);
  }

  /** The answer of a network whose parts have these shares, as its tables have them. */
  private static String ofParts(boolean withheld) {
    List<ObservationRow> rows = new ArrayList<>();
    Map.of("head", 0.5, "padding", 0.3, "neither", 0.2)
        .forEach(
            (part, value) -> {
              rows.add(share("share of " + part, value));
              rows.add(share("share of " + part + " at equal gain", value));
              if (!withheld) {
                rows.add(share(part, value));
              }
            });
    OptionalDouble none = OptionalDouble.empty();
    HypothesisResult decided =
        new HypothesisResult(Verdict.SUPPORTED, none, none, none, rows, List.of());
    return Answer.of(FIRST, List.of(Hypotheses.PARTS), each -> Optional.of(decided), each -> false)
        .text();
  }

  @Test
  void itSaysWhichShareIsExplainedAndWhichIsNot() {
    assertEquals(
        "There is a bias. The head and padding make black pixels cost more in the middle than at"
            + " the edge (their shares of the extra cost: half and a third); 0.2 of it is left"
            + " where both are made blind to places.",
        ofParts(false));
    assertEquals(
        "There is a bias. Padding and the head together make black pixels cost more in the middle"
            + " than at the edge; how much each contributes is open, since with one of them changed"
            + " the network responds to pixels less than half as strongly.",
        ofParts(true));
  }

  @Test
  void whatNoTestBearsIsNamedAtTheEnd() {
    List<Hypothesis> all =
        List.of(
            new Told("barrier", Topic.CLOSES, "what closes the middle"),
            new Told("parts", Topic.CLOSES, "which part knows the place"),
            new Told("withheld", Topic.CLOSES, "whether it can be entered"),
            new Told("origin", Topic.ORIGIN, "where it comes from"));
    Answer answer = answer(all, Map.of("barrier", Verdict.UNDECIDED));
    assertEquals(
        "There is a bias. Undecided: what closes the middle; no verdict: whether it can be entered;"
            + " not tested here: which part knows the place, where it comes from.",
        answer.text());
  }

  /** The grid of verdicts says of it "not the cause". */
  @Test
  void whatIsDecidedWithoutAClauseIsNotCalledUndecided() {
    Answer answer =
        answer(
            List.of(new Told("parts", Topic.CLOSES, "which part knows the place")),
            Map.of("parts", Verdict.NO_EFFECT));
    assertEquals("There is a bias. Answered below: which part knows the place.", answer.text());
  }

  @Test
  void thereAreAtMostSixSentencesWithWhatIsLeftOpenAmongThem() {
    List<Hypothesis> all =
        List.of(
            new Told("a", Topic.CLOSES, "a"),
            new Told("b", Topic.CLOSES, "b"),
            new Told("c", Topic.CLOSES, "c"),
            new Told("d", Topic.CAT, "d"),
            new Told("e", Topic.CAT, "e"),
            new Told("f", Topic.ORIGIN, "f"));
    Answer answer =
        answer(
            all,
            Map.of(
                "a", Verdict.SUPPORTED,
                "b", Verdict.SUPPORTED,
                "c", Verdict.SUPPORTED,
                "d", Verdict.SUPPORTED,
                "e", Verdict.SUPPORTED));
    assertEquals(Answer.MOST, answer.sentences().size());
    assertEquals("Clause of a; clause of b.", answer.sentences().get(1).text());
    assertEquals("Not tested here: f.", answer.sentences().get(5).text());
  }
}
