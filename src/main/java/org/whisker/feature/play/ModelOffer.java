package org.whisker.feature.play;

import java.util.Optional;
import org.whisker.image.Canvas;
import org.whisker.network.Padding;

/**
 * A classifier that can be chosen.
 *
 * @param name by which it is chosen
 * @param padding of its training; empty where its layers are unknown, so that no other can be
 *     chosen
 */
public record ModelOffer(String name, Canvas canvas, Optional<Padding> padding) {}
