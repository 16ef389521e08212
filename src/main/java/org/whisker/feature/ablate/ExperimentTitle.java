package org.whisker.feature.ablate;

import java.nio.file.Path;

/** The names in the titles of charts of an experiment's folder, {@code MODEL/EXPERIMENT}. */
record ExperimentTitle(String experiment, String model) {
  static ExperimentTitle of(Path folder) {
    Path whole = folder.toAbsolutePath().normalize();
    Path parent = whole.getParent();
    return new ExperimentTitle(name(whole), parent == null ? "" : name(parent));
  }

  private static String name(Path folder) {
    return String.valueOf(folder.getFileName());
  }

  @Override
  public String toString() {
    return experiment + " on " + model;
  }
}
