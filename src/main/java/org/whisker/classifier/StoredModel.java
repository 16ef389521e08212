package org.whisker.classifier;

import java.nio.file.Path;
import org.whisker.weights.Weights;

/** A model on disk whose weights have the hash that its card says. */
public record StoredModel(ModelCard card, Path folder, Weights weights) {}
