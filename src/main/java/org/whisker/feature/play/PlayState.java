package org.whisker.feature.play;

import java.util.Optional;
import org.whisker.image.GrayImage;
import org.whisker.image.Tones;

/**
 * All that a page can be opened with again.
 *
 * @param picture what is painted, of any size; it is resized where a model takes another
 * @param tones the grays of the canvas and of the ink
 * @param model by which it is scored
 * @param beside a second model
 */
public record PlayState(
    GrayImage picture, Tones tones, ModelChoice model, Optional<ModelChoice> beside) {}
