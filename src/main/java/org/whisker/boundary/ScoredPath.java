package org.whisker.boundary;

/**
 * A path and its profile.
 *
 * @param draw which of the random orders, from 1; 0 for every other kind
 */
public record ScoredPath(PathKind kind, int draw, ImagePath path, PathProfile profile) {}
