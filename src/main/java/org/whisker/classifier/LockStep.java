package org.whisker.classifier;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import org.whisker.image.Canvas;
import org.whisker.image.Raster;

/**
 * Lets several searches ask one classifier together: a call waits until all that take part have
 * made one, then the pictures of all are scored at once. A call costs a small network far more than
 * a picture does, and a search whose children are mostly known asks for one picture at a time.
 *
 * <p>A picture's logit does not depend on the others. Each searches on a thread of its own.
 */
public final class LockStep {
  private final Classifier shared;
  private final List<Request> waiting = new ArrayList<>();
  private int members;
  private int entered;

  /** What a member asked, and what came of it. */
  private static final class Request {
    private final int member;
    private final List<? extends Raster> pictures;
    private float @Nullable [] logits;
    private @Nullable Throwable failure;

    Request(int member, List<? extends Raster> pictures) {
      this.member = member;
      this.pictures = pictures;
    }

    boolean answered() {
      return logits != null || failure != null;
    }
  }

  /**
   * Searches that ask this classifier.
   *
   * @param shared is called by one thread at a time, and not closed
   */
  public LockStep(Classifier shared) {
    this.shared = shared;
  }

  /** Takes part until it is closed; whoever has entered must ask or leave, or the others wait. */
  public synchronized Classifier enter() {
    members++;
    return new Member(entered++);
  }

  /**
   * The classifier for whoever asks it now and then, from any thread. Each call takes part by
   * itself, so that nobody waits for a call that may never come.
   */
  public Classifier occasional() {
    return new Occasional();
  }

  private synchronized void leave() {
    members--;
    serveIfAllWait();
  }

  private synchronized float[] ask(Request request) {
    waiting.add(request);
    serveIfAllWait();
    try {
      while (!request.answered()) {
        wait();
      }
    } catch (InterruptedException e) {
      waiting.remove(request);
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted while it waited for other searches");
    }
    if (request.failure instanceof Error error) {
      throw error;
    }
    if (request.failure instanceof RuntimeException failure) {
      throw failure;
    }
    return Objects.requireNonNull(request.logits);
  }

  private void serveIfAllWait() {
    if (waiting.isEmpty() || waiting.size() < members) {
      return;
    }
    try {
      waiting.sort(Comparator.comparingInt(request -> request.member));
      answer(shared.logits(all()));
    } catch (RuntimeException | Error e) { // an Error too, or the others would wait for ever
      waiting.forEach(request -> request.failure = e);
    } finally {
      waiting.clear();
      notifyAll();
    }
  }

  private List<? extends Raster> all() {
    List<Raster> pictures = new ArrayList<>();
    waiting.forEach(request -> pictures.addAll(request.pictures));
    return pictures;
  }

  private void answer(float[] all) {
    int from = 0;
    for (Request request : waiting) {
      float[] own = new float[request.pictures.size()];
      System.arraycopy(all, from, own, 0, own.length);
      request.logits = own;
      from += own.length;
    }
  }

  /** The classifier that the members of the lock step see. */
  private abstract class Asking implements Classifier {
    @Override
    public String name() {
      return shared.name();
    }

    @Override
    public Canvas canvas() {
      return shared.canvas();
    }

    @Override
    public int planes() {
      return shared.planes();
    }
  }

  private final class Occasional extends Asking {
    @Override
    public float[] logits(List<? extends Raster> pictures) {
      try (Classifier part = enter()) {
        return part.logits(pictures);
      }
    }

    @Override
    public void close() {}
  }

  /** A member, which takes part until it is closed. */
  private final class Member extends Asking {
    private final int number;
    private boolean left;

    Member(int number) {
      this.number = number;
    }

    @Override
    public float[] logits(List<? extends Raster> pictures) {
      return pictures.isEmpty() ? new float[0] : ask(new Request(number, pictures));
    }

    @Override
    public void close() {
      if (!left) {
        left = true;
        leave();
      }
    }
  }

  /**
   * A network that several searches ask in {@linkplain LockStep lock step}: the one of which is
   * reported, or a quicker one in its place.
   */
  public static final class LockStepNetworks implements AutoCloseable {
    private final Classifier exact;
    private final @Nullable Classifier quick;
    private final LockStep searches;
    private final @Nullable Classifier reported;

    /**
     * Lets the searches of several threads share open classifiers, which are closed with this
     * object.
     *
     * @param exact what is reported goes by it
     * @param quick what searches ask instead
     */
    public LockStepNetworks(Classifier exact, Optional<Classifier> quick) {
      this.exact = exact;
      this.quick = quick.orElse(null);
      this.searches = new LockStep(quick.orElse(exact));
      this.reported = quick.isPresent() ? new LockStep(exact).occasional() : null;
    }

    /** What is reported goes by this one; for one thread, before searches begin. */
    public Classifier exact() {
      return exact;
    }

    /**
     * The network whose logits are reported, one for all searches; empty where searches ask that
     * network anyway.
     */
    public Optional<Classifier> reported() {
      return Optional.ofNullable(reported);
    }

    /** A search's part in the network that searches ask. Close it when the search ends. */
    public Classifier enter() {
      return searches.enter();
    }

    @Override
    public void close() {
      try (exact) {
        if (quick != null) {
          quick.close();
        }
      }
    }
  }
}
