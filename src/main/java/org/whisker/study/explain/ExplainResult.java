package org.whisker.study.explain;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * What an explanation came to.
 *
 * @param folder with all tables, from which a page can be drawn
 * @param took how long it took; empty when it was stopped
 */
public record ExplainResult(Path folder, Optional<Duration> took) {}
