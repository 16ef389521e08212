package org.whisker.feature.sweep;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What a node of an engine shows of itself in the sweep's folder, for the status alone. */
public final class Presence implements AutoCloseable {
  private final WorkerState state;
  private final Optional<Claims> claims;
  private final Optional<Heartbeat> beat;

  private Presence(WorkerState state, Optional<Claims> claims, Optional<Heartbeat> beat) {
    this.state = state;
    this.claims = claims;
    this.beat = beat;
  }

  /**
   * In a folder that the node shares.
   *
   * @param id unlike every other worker's
   * @param patience after which a node that shows no sign of life counts as dead
   */
  public static Presence in(SweepFolder folder, String id, Duration patience) throws IOException {
    WorkerState state = new WorkerState(id);
    return new Presence(
        state,
        Optional.of(new Claims(folder.claims(), id)),
        Optional.of(Heartbeat.begin(folder.workers(), state, patience)));
  }

  /** Nowhere. */
  public static Presence hidden(String id) {
    return new Presence(new WorkerState(id), Optional.empty(), Optional.empty());
  }

  String id() {
    return state.id();
  }

  /** Shows what is done. The engine decides who does it: a claim that is there keeps nobody off. */
  void during(List<SweepTask> tasks, WorkerState.Work work) throws IOException {
    String claim = tasks.get(0).key();
    if (claims.isPresent()) {
      claims.get().takeOver(claim);
    }
    try {
      state.during(tasks, work);
    } finally {
      if (claims.isPresent()) {
        claims.get().release(claim);
      }
    }
  }

  @Override
  public void close() {
    beat.ifPresent(Heartbeat::close);
  }
}
