package org.whisker.report;

import org.whisker.classifier.Figures;
import org.whisker.classifier.TrainingRecord;

/**
 * A network that was trained for an arm of an experiment.
 *
 * @param arm its name
 * @param network the name of its folder
 * @param figures on test photos
 * @param sha256 of its weights
 */
public record TrainedNetwork(
    String arm, String network, TrainingRecord training, Figures figures, String sha256) {}
