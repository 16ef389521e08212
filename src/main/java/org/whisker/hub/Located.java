package org.whisker.hub;

import java.net.URI;

/**
 * Where the bytes of a file are, and what the hub says of them.
 *
 * @param bytes in all
 * @param sha256 64 hexadecimal digits in lower case
 */
public record Located(URI uri, long bytes, String sha256) {}
