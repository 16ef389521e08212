/**
 * Whisker as a module. Exported is what programs are written against: the packages that {@code
 * docs/java.md} uses, and what their signatures name.
 *
 * <p>Whisker's libraries stay on the class path, since some of them can't be modules, and {@link
 * org.whisker.Whisker} lets this module read it. It is open to them, for they read records by
 * reflection. The modules of the JDK below are whisker's and theirs.
 */
open module org.whisker {
  requires java.compiler;
  requires java.desktop;
  requires java.logging;
  requires java.management;
  requires java.net.http;
  requires java.sql;
  requires java.xml;
  requires jdk.httpserver;
  requires jdk.management;
  requires jdk.security.auth;
  requires jdk.unsupported;

  exports org.whisker;
  exports org.whisker.ablation;
  exports org.whisker.ablation.result;
  exports org.whisker.classifier;
  exports org.whisker.command;
  exports org.whisker.evolution;
  exports org.whisker.evolution.result;
  exports org.whisker.explain;
  exports org.whisker.feature.ablate;
  exports org.whisker.feature.evolve;
  exports org.whisker.feature.explain;
  exports org.whisker.feature.models;
  exports org.whisker.feature.position;
  exports org.whisker.feature.saliency;
  exports org.whisker.hypothesis;
  exports org.whisker.image;
  exports org.whisker.job;
  exports org.whisker.network;
  exports org.whisker.onnx;
  exports org.whisker.onnx.graph;
  exports org.whisker.option;
  exports org.whisker.position;
  exports org.whisker.saliency;
  exports org.whisker.saliency.result;
  exports org.whisker.stats;
  exports org.whisker.table;
  exports org.whisker.value;

  uses org.whisker.command.CommandMaker;
  uses org.whisker.feature.sweep.SweepEngine;
  uses org.whisker.hypothesis.Hypothesis;
  uses org.whisker.onnx.OnnxOperator;
  uses org.whisker.saliency.SaliencyMethod;
}
