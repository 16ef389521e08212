package org.whisker.cli.models;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.whisker.classifier.ModelCard;
import org.whisker.classifier.ModelStore;
import org.whisker.classifier.Output;
import org.whisker.classifier.Preprocessing;
import org.whisker.classifier.WeightsFile;
import org.whisker.cli.shared.CommonOptions;
import org.whisker.cli.shared.DeviceOption;
import org.whisker.cli.shared.Environment;
import org.whisker.image.Raster;
import org.whisker.study.InvalidRequestException;
import org.whisker.study.WhiskerVersion;
import org.whisker.torch.ModuleCheck;
import org.whisker.torch.TorchDevice;

/** Makes a model of a TorchScript module. */
record ModuleImport(
    Environment environment, CommonOptions common, ImportOptions options, DeviceOption device) {
  void run(ModelStore store, Path file, String name) throws IOException {
    ModelCard.Input input = options.input(null);
    Preprocessing preprocessing = options.preprocessing(Preprocessing.identity(), input.channels());
    Output.Form form = options.form();
    List<Integer> cat = options.cat(List.of());
    TorchDevice on = InvalidRequestException.check(() -> TorchDevice.parse(device.device()));
    Raster photo = options.photo(input);
    ModelCard blank = card(name, input, preprocessing, Output.NOT_CAT_LOGIT);
    int outputs = form == Output.Form.LOGITS ? ModuleCheck.outputs(blank, file, on) : 1;
    Output output = output(form, outputs, cat);
    ModelCard card = card(name, input, preprocessing, output);
    ModuleCheck check = ModuleCheck.of(card, file, on, photo);
    ModelCard saved = store.save(card, file);
    new ImportSummary(environment, options.photoName()).print(saved, check);
    if (!common.quiet()) {
      check.notes().forEach(note -> environment.err().println("whisker: note: " + note));
    }
  }

  private static Output output(Output.Form form, int outputs, List<Integer> cat) {
    InvalidRequestException.refuse(
        form == Output.Form.LOGITS && outputs == 1,
        "--output logits: the module gives one number a picture; take --output sigmoid or logit");
    try {
      return new Output(form, outputs, cat);
    } catch (IllegalArgumentException e) {
      throw new InvalidRequestException("--cat: " + e.getMessage());
    }
  }

  private ModelCard card(
      String name, ModelCard.Input input, Preprocessing preprocessing, Output output) {
    return new ModelCard(
        name,
        null,
        input,
        preprocessing,
        output,
        null,
        null,
        null,
        WeightsFile.UNSAVED_MODULE,
        environment.clock().instant(),
        WhiskerVersion.get());
  }
}
