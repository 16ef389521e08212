package org.whisker.hypothesis;

import java.util.List;
import java.util.stream.Stream;
import org.whisker.option.Records;
import org.whisker.table.Table;

/**
 * A hypothesis as data: what must be said of each, and by methods what most go without. Each
 * component is told by the method of {@link Hypothesis} that is named as it.
 */
public record Declaration(
    String id,
    Topic topic,
    Wording wording,
    Decisive decisive,
    List<Planned> experiments,
    List<Exhibit> shown,
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
        Exhibit.OF_ARMS,
        List.of(),
        "",
        false,
        true,
        true,
        false);
  }

  public Declaration shown(List<Exhibit> figures) {
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
