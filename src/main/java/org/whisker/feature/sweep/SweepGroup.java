package org.whisker.feature.sweep;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/**
 * A configuration of a sweep, of which there are as many runs as seeds. A line of {@code
 * groups.jsonl}.
 *
 * @param name such as {@code ablate-1}
 * @param command {@code evolve}, {@code ablate} or {@code train}
 * @param options that vary or not, by name
 * @param configuration as the command's own
 */
public record SweepGroup(
    String name, String command, Map<String, String> options, JsonNode configuration) {}
