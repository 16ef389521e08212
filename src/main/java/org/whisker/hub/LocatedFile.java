package org.whisker.hub;

import java.net.URI;

/**
 * The location of a file's bytes, and their length and hash according to the hub.
 *
 * @param bytes in total
 * @param sha256 64 hexadecimal digits in lower case
 */
public record LocatedFile(URI uri, long bytes, String sha256) {}
