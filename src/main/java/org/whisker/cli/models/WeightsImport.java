package org.whisker.cli.models;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.whisker.classifier.FeatureClassifier;
import org.whisker.classifier.ModelCard;
import org.whisker.classifier.ModelStore;
import org.whisker.classifier.Networks;
import org.whisker.classifier.Output;
import org.whisker.classifier.PublishedModel;
import org.whisker.classifier.WeightsFile;
import org.whisker.cli.shared.DeviceOption;
import org.whisker.cli.shared.Environment;
import org.whisker.image.BlackPixels;
import org.whisker.image.Raster;
import org.whisker.network.Network;
import org.whisker.network.Padding;
import org.whisker.study.InvalidRequestException;
import org.whisker.study.WhiskerVersion;
import org.whisker.torch.Classifiers;
import org.whisker.torch.ModuleCheck;
import org.whisker.torch.Precision;
import org.whisker.torch.TorchClassifier;
import org.whisker.torch.TorchDevice;
import org.whisker.weights.DType;
import org.whisker.weights.Layouts;
import org.whisker.weights.Safetensors;
import org.whisker.weights.Weights;

/** Makes a model of a published network's weights. */
record WeightsImport(Environment environment, ImportOptions options, DeviceOption device) {
  void run(ModelStore store, Path file, String name, String arch) throws IOException {
    PublishedModel published = InvalidRequestException.check(() -> PublishedModel.parse(arch));
    InvalidRequestException.refuse(
        options.givesOutput(), "--output is for modules; with --arch the weights give logits");
    TorchDevice on = InvalidRequestException.check(() -> TorchDevice.parse(device.device()));
    Safetensors source = Safetensors.open(file);
    ModelCard card = card(name, published, source);
    Raster photo = options.photo(card.input());
    Network network = Networks.of(card);
    Weights fitted = Layouts.fit(source, network.parameters());
    List<ImportSummary.Row> seen = look(card, fitted, on, photo);
    ModelCard saved = store.save(card, fitted, DType.F32);
    new ImportSummary(environment, options.photoName()).print(saved, seen, OptionalDouble.empty());
  }

  private ModelCard card(String name, PublishedModel published, Weights source) {
    PublishedModel.Found found = published.found(source);
    ModelCard.Input input = options.input(found.input());
    Output output =
        found.outputs() == 1
            ? Output.NOT_CAT_LOGIT
            : InvalidRequestException.check(
                () ->
                    new Output(
                        Output.Form.LOGITS, found.outputs(), options.cat(found.catClasses())));
    return new ModelCard(
        name,
        found.architecture(),
        input,
        options.preprocessing(published.preprocessing(input.channels()), input.channels()),
        output,
        Padding.ZERO,
        null,
        null,
        WeightsFile.UNSAVED,
        environment.clock().instant(),
        WhiskerVersion.get());
  }

  /** One picture a pass: a large network needs little more memory than its weights. */
  private List<ImportSummary.Row> look(
      ModelCard card, Weights weights, TorchDevice on, Raster photo) throws IOException {
    var run = new TorchClassifier.Settings(Precision.FLOAT32, on, 1);
    List<ImportSummary.Row> rows = new ArrayList<>();
    try (TorchClassifier classifier = Classifiers.of(card, weights, run)) {
      Raster white = BlackPixels.none(classifier.canvas());
      rows.add(row("white", classifier, card, white));
      rows.add(row(options.photoName(), classifier, card, photo));
    }
    return rows;
  }

  private static ImportSummary.Row row(
      String picture, FeatureClassifier classifier, ModelCard card, Raster raster)
      throws IOException {
    float logit = classifier.logits(List.of(raster))[0];
    if (!Float.isFinite(logit)) {
      throw new IOException(
          "these weights give a logit of %s for %s; check --mean and --std"
              .formatted(logit, picture));
    }
    return new ImportSummary.Row(picture, outputs(classifier, card, raster, logit), logit);
  }

  private static String outputs(
      FeatureClassifier classifier, ModelCard card, Raster raster, float logit) {
    if (card.output().isNotCatLogit()) {
      return ModuleCheck.highest(logit);
    }
    List<String> layers = classifier.layers();
    FeatureClassifier.Features head =
        classifier.features(layers.get(layers.size() - 2), List.of(raster)).get(0);
    double[] outputs = new double[card.output().size()];
    for (int i = 0; i < outputs.length; i++) {
      outputs[i] = head.activation(i, 0, 0);
    }
    return ModuleCheck.highest(outputs);
  }
}
