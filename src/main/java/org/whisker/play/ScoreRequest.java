package org.whisker.play;

import java.util.Optional;
import org.whisker.image.GrayImage;
import org.whisker.image.Tones;

/**
 * A picture to be scored.
 *
 * @param picture of any size; it is resized where a model takes another
 * @param tones the grays of the canvas and of the ink
 * @param model by which
 * @param beside a second model on the same picture
 */
public record ScoreRequest(
    GrayImage picture, Tones tones, ModelChoice model, Optional<ModelChoice> beside) {}
