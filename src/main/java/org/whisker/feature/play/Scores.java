package org.whisker.feature.play;

import java.util.Optional;

/**
 * What is shown of a picture.
 *
 * @param first by the model
 * @param beside by the second one, if there is one
 * @param placed where its pixels lie
 */
public record Scores(Score first, Optional<Score> beside, Placed placed) {}
