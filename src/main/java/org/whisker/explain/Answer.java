package org.whisker.explain;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.whisker.hypothesis.Hypothesis;
import org.whisker.hypothesis.HypothesisResult;
import org.whisker.hypothesis.Topic;
import org.whisker.stats.Verdict;

/**
 * The answer with which a report begins: why the middle stays empty on one model, in at most
 * {@value #MOST} sentences. A sentence is made of clauses of hypotheses whose tests bear them, and
 * each clause names its hypothesis, so that a reader can follow it to its evidence. What no test
 * bears is named at the end: as undecided, without a verdict, or not tested.
 *
 * @param sentences in the order of the questions of a report
 */
public record Answer(List<Sentence> sentences) {
  /** The most sentences that an answer has. */
  public static final int MOST = 6;

  /**
   * A clause.
   *
   * @param hypothesis whose test bears it; empty for what is said of several
   * @param text without a full stop
   */
  public record Clause(Optional<String> hypothesis, String text) {}

  /**
   * A sentence.
   *
   * @param topic the question that it answers
   */
  public record Sentence(Topic topic, List<Clause> clauses) {
    public Sentence {
      clauses = List.copyOf(clauses);
    }

    private Sentence with(Sentence other) {
      return new Sentence(topic, Stream.concat(clauses.stream(), other.clauses.stream()).toList());
    }

    /** The sentence from its capital to its full stop. */
    public String text() {
      String all = clauses.stream().map(Clause::text).collect(Collectors.joining("; "));
      return Character.toUpperCase(all.charAt(0)) + all.substring(1) + ".";
    }
  }

  public Answer {
    sentences = List.copyOf(sentences);
  }

  /**
   * Composes the answer of a report.
   *
   * @param first whether there is a bias
   * @param hypotheses all of them, in the order of reports
   * @param tests what the tests of a hypothesis came to; empty if it was not tested
   * @param withheld whether the experiment of a hypothesis was done and allows no verdict
   */
  public static Answer of(
      Clause first,
      List<Hypothesis> hypotheses,
      Function<Hypothesis, Optional<HypothesisResult>> tests,
      Predicate<Hypothesis> withheld) {
    List<Sentence> all = new ArrayList<>(List.of(new Sentence(Topic.BIAS, List.of(first))));
    Map<Reason, List<String>> rest = new EnumMap<>(Reason.class);
    for (Hypothesis each : telling(hypotheses)) {
      Optional<HypothesisResult> decided = tests.apply(each);
      Optional<String> clause = decided.flatMap(each::clause);
      if (clause.isPresent()) {
        Clause own = new Clause(Optional.of(each.id()), clause.get());
        all.add(new Sentence(each.topic(), List.of(own)));
      } else {
        Reason reason = Reason.of(decided.map(HypothesisResult::verdict), withheld.test(each));
        rest.computeIfAbsent(reason, none -> new ArrayList<>()).add(each.tells());
      }
    }
    Optional<Clause> left = left(rest);
    join(all, MOST - (left.isPresent() ? 1 : 0));
    left.ifPresent(clause -> all.add(new Sentence(Topic.ORIGIN, List.of(clause))));
    return new Answer(all);
  }

  private static List<Hypothesis> telling(List<Hypothesis> hypotheses) {
    return hypotheses.stream()
        .filter(each -> !each.tells().isEmpty())
        .sorted(Comparator.comparing(Hypothesis::topic))
        .toList();
  }

  /** Joins the shortest neighbours on one topic until no more than {@code most} are left. */
  private static void join(List<Sentence> all, int most) {
    while (all.size() > most) {
      int at = shortest(all);
      if (at < 0) {
        return; // there are fewer topics than sentences
      }
      all.set(at, all.get(at).with(all.remove(at + 1)));
    }
  }

  private static int shortest(List<Sentence> all) {
    int best = -1;
    int least = Integer.MAX_VALUE;
    for (int i = 0; i + 1 < all.size(); i++) {
      int length = all.get(i).text().length() + all.get(i + 1).text().length();
      if (all.get(i).topic() == all.get(i + 1).topic() && length < least) {
        best = i;
        least = length;
      }
    }
    return best;
  }

  /** Why no clause stands on a hypothesis. */
  private enum Reason {
    UNDECIDED("undecided"),
    ELSEWHERE("answered below"),
    WITHHELD("no verdict"),
    UNTESTED("not tested here");

    private final String label;

    Reason(String label) {
      this.label = label;
    }

    static Reason of(Optional<Verdict> verdict, boolean withheld) {
      if (withheld) {
        return WITHHELD;
      }
      return verdict.map(each -> each.isDefinite() ? ELSEWHERE : UNDECIDED).orElse(UNTESTED);
    }
  }

  /** What no clause stands on, reason by reason. */
  private static Optional<Clause> left(Map<Reason, List<String>> parts) {
    return parts.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Clause(
                Optional.empty(),
                parts.entrySet().stream()
                    .map(part -> part.getKey().label + ": " + String.join(", ", part.getValue()))
                    .collect(Collectors.joining("; "))));
  }

  /** The sentences as running text. */
  public String text() {
    return sentences.stream().map(Sentence::text).collect(Collectors.joining(" "));
  }
}
