package org.whisker.job;

/** How far one task of a job is. For one thread. */
public interface Progress extends AutoCloseable {
  /** {@code done} steps of the total are done. */
  void stepTo(long done);

  /** What to show beside the count, such as the best p(cat). */
  void extraMessage(String message);

  @Override
  void close();

  /** Shows nothing. */
  static Progress silent() {
    return new Silent();
  }

  /** Shows nothing. */
  record Silent() implements Progress {
    @Override
    public void stepTo(long done) {}

    @Override
    public void extraMessage(String message) {}

    @Override
    public void close() {}
  }
}
