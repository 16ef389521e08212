package org.whisker.hypothesis;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.whisker.ablation.Ablation;
import org.whisker.ablation.ArmContrast.Prediction;
import org.whisker.ablation.VerdictAnswer;
import org.whisker.ablation.result.EffectRow;
import org.whisker.ablation.result.ObservationRow;
import org.whisker.option.Records;
import org.whisker.stats.Verdict;
import org.whisker.table.Table;

/**
 * A suspected cause of where evolved pixels lie, and all that whisker knows of it: the experiments
 * that test it, the comparison that decides it, its wording, the budgets in which it is tested, and
 * what a page shows. A new one is a class that implements this, named as its id, and a line in
 * {@link Hypotheses}.
 */
public interface Hypothesis {
  /** What is fixed of it before any run. */
  Declaration declared();

  /** Name in options and tables: lower-case words with hyphens, such as {@code safe-harbour}. */
  default String id() {
    return declared().id();
  }

  /** The question of a report to which it belongs. */
  default Topic topic() {
    return declared().topic();
  }

  /** The question, and the answers that the statistics choose from. */
  default Wording wording() {
    return declared().wording();
  }

  /** Whether it asks if there is a bias, rather than what causes it. */
  default boolean isOfBias() {
    return declared().isOfBias();
  }

  /**
   * Whether its test takes a suspected cause away, so that it can be called one. Where its test
   * only looks, the answer to its question is yes or no.
   */
  default boolean isOfCause() {
    return declared().isOfCause() && !isOfBias();
  }

  /**
   * Puts a verdict into the words of the question; {@code effect} is the estimate less its null
   * value.
   */
  default VerdictAnswer answer(Verdict verdict, double effect) {
    return VerdictAnswer.of(verdict, predicts(), effect);
  }

  private Prediction predicts() {
    if (isOfBias()) {
      return wording().predictsNone() ? Prediction.STAYS : Prediction.LEANS;
    }
    return isOfCause() ? Prediction.RISES : Prediction.EXISTS;
  }

  /** The experiments that test it, at least one; the first has the comparison that decides. */
  default List<Planned> experiments() {
    return declared().experiments();
  }

  /** The comparison that decides it, fixed beforehand. */
  default Decisive decisive() {
    return declared().decisive();
  }

  /** What its section of a page shows where its experiments have the tables. */
  default List<Shown> shown() {
    return declared().shown();
  }

  /** The tables that its experiments write beside those that all experiments have. */
  default List<Table<?>> tables() {
    return declared().tables();
  }

  /** What its clause of the answer tells; empty where the answer does without it. */
  default String tells() {
    return declared().tells();
  }

  /**
   * What it adds to the answer with which a report begins: a clause without a full stop, such as
   * {@code "the first black pixel in the middle costs 1.1 logits, at the edge none"}. Empty where
   * its test does not bear one. Asked only of one that {@linkplain #tells() tells} something.
   */
  default Optional<String> clause(Decided decided) {
    return Optional.empty();
  }

  /** Whether its clause is of the network alone, and stands where the verdict is withheld. */
  default boolean tellsWithoutVerdict() {
    return false;
  }

  /**
   * Whether its p comes from sign flips of runs, or of what each run ended with: then n runs give
   * none below 2^(1 − n).
   */
  default boolean flipsRuns() {
    return declared().flipsRuns() && !movesRunsTogether();
  }

  /**
   * Whether its p comes from moving all runs at once, as if they were one pattern: runs share the
   * places of their network. No number of runs is known to decide it then.
   */
  default boolean movesRunsTogether() {
    return declared().movesRunsTogether();
  }

  /** The experiment that decides it. */
  default Ablation experiment() {
    return experiments().get(0).ablation();
  }

  /**
   * A hypothesis as data: what must be said of each, and by methods what most go without. Each
   * component is told by the method of {@link Hypothesis} that is named as it.
   */
  record Declaration(
      String id,
      Topic topic,
      Wording wording,
      Decisive decisive,
      List<Planned> experiments,
      List<Shown> shown,
      List<Table<?>> tables,
      String tells,
      boolean isOfBias,
      boolean isOfCause,
      boolean flipsRuns,
      boolean movesRunsTogether) {
    public Declaration {
      experiments = List.copyOf(experiments);
      shown = List.copyOf(shown);
      tables = List.copyOf(tables);
    }

    /**
     * A suspected cause that is tested with runs, and nothing more known of it; it is called as the
     * first experiment says.
     */
    public static Declaration of(
        Topic topic, Wording wording, Decisive decisive, Planned first, Planned... others) {
      Planned[] experiments =
          Stream.concat(Stream.of(first), Stream.of(others)).toArray(Planned[]::new);
      return of(first.ablation().hypothesis(), topic, wording, decisive, experiments);
    }

    /** As the other one, under a name of its own. */
    public static Declaration of(
        String id, Topic topic, Wording wording, Decisive decisive, Planned... experiments) {
      return new Declaration(
          id,
          topic,
          wording,
          decisive,
          List.of(experiments),
          Shown.OF_ARMS,
          List.of(),
          "",
          false,
          true,
          true,
          false);
    }

    public Declaration shown(List<Shown> figures) {
      return Records.changed(this, Declaration::shown).to(figures);
    }

    public Declaration tables(Table<?>... written) {
      return Records.changed(this, Declaration::tables).to(List.of(written));
    }

    /**
     * What its clause of the answer tells, to follow "not tested here:", such as {@code "which part
     * of the network knows the place"}.
     */
    public Declaration tells(String what) {
      return Records.changed(this, Declaration::tells).to(what);
    }

    public Declaration ofBias() {
      return Records.changed(this, Declaration::isOfBias).to(true);
    }

    public Declaration ofNoCause() {
      return Records.changed(this, Declaration::isOfCause).to(false);
    }

    public Declaration withoutFlips() {
      return Records.changed(this, Declaration::flipsRuns).to(false);
    }

    public Declaration movingRunsTogether() {
      return Records.changed(this, Declaration::movesRunsTogether).to(true);
    }
  }

  /** The questions of a report, in its order. */
  enum Topic {
    BIAS("Is there a bias?"),
    CLOSES("What closes the middle?"),
    CAT("What makes the cat?"),
    ORIGIN("Where does it come from?");

    private final String question;

    Topic(String question) {
      this.question = question;
    }

    /** The question, as a heading. */
    public String question() {
      return question;
    }
  }

  /**
   * What the tests of a hypothesis on one model came to, as its tables have it. What is withheld,
   * since its comparison can't bear a verdict, is not among it.
   *
   * @param verdict corrected over the whole report
   * @param effect the effect of the comparison that decides; empty where it has none
   * @param low lower end of its 95 % interval
   * @param high upper end
   * @param observations the observations of all its experiments
   * @param effects the effects of arms, of all its experiments
   */
  record Decided(
      Verdict verdict,
      OptionalDouble effect,
      OptionalDouble low,
      OptionalDouble high,
      List<ObservationRow> observations,
      List<EffectRow> effects) {
    public Decided {
      observations = List.copyOf(observations);
      effects = List.copyOf(effects);
    }

    /** The observation of that name, if there is one. */
    public Optional<ObservationRow> observation(String name) {
      return observations.stream().filter(row -> row.observed().equals(name)).findFirst();
    }
  }

  /** A figure or table of a hypothesis on a page, drawn from the tables of its experiments. */
  enum Shown {
    /** Edge index of every run by arm. */
    EDGE_INDEX,
    /**
     * Edge index by arm of the first image of each run that reached the p(cat) at which arms are
     * compared.
     */
    EDGE_INDEX_OF_CATS,
    /** Edge index against p(cat) along the climb, by arm. */
    CLIMBS,
    /** Edge index of the arms under a flat fitness, which ask no network. */
    FLAT_FITNESS,
    CONFIDENCE,
    /** Density of black pixels over the canvas by arm. */
    DENSITY_MAPS,
    /** Effects of black pixels by edge rank, alone on white and in evolved images. */
    RINGS,
    /** Cost of a number of pixels by zone, from the border to the centre. */
    DOSE,
    /** Which part of the network knows places: shares, and what is left by what is made blind. */
    PARTS,
    /** Table: what goes with padding of one stage or side, or with channels. */
    PART_PLACES,
    /** Table: Shapley values of padding and head in where evolved pixels lie. */
    PART_EDGES,
    /** Share of the evidence restored by layer and rings. */
    CARRIERS,
    /** Patches of photos that channels see. */
    CARRIER_PHOTOS,
    /** Table: channels that carry the evidence. */
    CARRIER_CHANNELS,
    /** Table: what these channels do in photos. */
    CARRIER_SEEN,
    /** Change of the logit by the distance that a pattern is moved. */
    MOVES,
    /** Density of black pixels by residues of x and y. */
    RESIDUES,
    /** E of added pixels by the number of central pixels that a search begins with. */
    GIVEN_PIXELS,
    /** Gain of the logit over white by arm, with the number of runs that reached the target. */
    GAINS,
    /** p(cat) and score before and after a release from the middle. */
    RELEASE_CURVE,
    /** Table: p(cat), score and pixels at the release and in the end. */
    RELEASE,
    /** Table: success, gain, images and pixels by arm. */
    ENTRY_EFFORT,
    /** Table: depth and length of the valley between white and the middle. */
    VALLEY,
    /** Table: images until searches enter the middle, expected and seen. */
    ENTRY_TIMES,
    /** Table: what a cat costs in the middle and at the edge. */
    EFFORT,
    /** Table: patterns mirrored, shrunk, turned inside out, scattered. */
    OTHER_MOVES,
    /** Table: rolls by multiples of a stride against neighbouring rolls. */
    STRIDE_COMBS,
    /** Table: black pixels that harm alone and help in place. */
    HARM_AND_HELP,
    /** Figure: the barrier of networks by how they were trained. */
    ORIGINS,
    /** Table: how well simple functions of the pixels predict the network. */
    SURROGATES,
    /** Table: test performance of trained networks. */
    NETWORKS,
    /** Table: whether training on shifted photos had the intended effect. */
    MANIPULATION;

    /** What every experiment with arms has. */
    public static final List<Shown> OF_ARMS =
        List.of(EDGE_INDEX, EDGE_INDEX_OF_CATS, CLIMBS, FLAT_FITNESS, CONFIDENCE, DENSITY_MAPS);

    /** What every experiment with arms has, and then these in order. */
    public static List<Shown> ofArmsAnd(Shown... more) {
      List<Shown> all = new ArrayList<>(OF_ARMS);
      all.addAll(List.of(more));
      return List.copyOf(all);
    }
  }

  /**
   * A hypothesis in words. The answers describe what was measured, each as a clause without its
   * full stop; the statistics choose among them.
   *
   * @param question the question that it answers
   * @param experiment the experiment, in one line
   * @param cause the suspected cause, as part of a sentence
   * @param supported what its verdict says where the prediction was shown
   * @param equivalent where it was shown that there is no effect
   * @param otherWay where an effect was shown that it does not predict
   * @param units the statistical units, in the plural
   * @param predictsNone whether it predicts no difference, so that equivalence supports it
   */
  record Wording(
      String question,
      String experiment,
      String cause,
      Clause supported,
      String equivalent,
      Clause otherWay,
      String units,
      boolean predictsNone) {
    /** A clause that may say which way an effect goes. */
    @FunctionalInterface
    public interface Clause {
      /**
       * The clause.
       *
       * @param effect the estimate; empty where it is not known
       * @param nothing the value of the statistic under the null hypothesis
       */
      String of(OptionalDouble effect, double nothing);

      /** A clause that is the same whatever the effect. */
      static Clause always(String text) {
        return (effect, nothing) -> text;
      }
    }

    /**
     * The wording of a hypothesis that predicts an effect in one direction, whose units are runs.
     */
    public static Wording of(
        String question,
        String experiment,
        String cause,
        String supported,
        String equivalent,
        String otherWay) {
      return new Wording(
          question,
          experiment,
          cause,
          Clause.always(supported),
          equivalent,
          Clause.always(otherWay),
          "runs",
          false);
    }

    /** Returns this wording with trained networks as the units. */
    public Wording ofNetworks() {
      return Records.changed(this, Wording::units).to("networks");
    }
  }
}
