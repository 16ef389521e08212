package org.whisker.hub;

import java.net.URI;

/**
 * A file of a repository on the hub.
 *
 * @param repository such as {@code timm/vgg16.tv_in1k}
 * @param revision a branch, a tag or a commit
 * @param path inside the repository
 */
public record HubFile(String repository, String revision, String path) {
  public HubFile {
    for (String part : new String[] {repository, revision, path}) {
      if (!part.matches("[A-Za-z0-9._-]+(/[A-Za-z0-9._-]+)*") || part.contains("..")) {
        throw new IllegalArgumentException("not the name of a file on the hub: '" + part + "'");
      }
    }
  }

  /** The address of the file at a hub. */
  URI at(URI endpoint) {
    String base = endpoint.toString().replaceFirst("/+$", "");
    return URI.create(base + "/" + repository + "/resolve/" + revision + "/" + path);
  }

  @Override
  public String toString() {
    return repository + "/" + path;
  }
}
