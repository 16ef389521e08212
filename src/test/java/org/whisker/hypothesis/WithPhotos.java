package org.whisker.hypothesis;

import java.util.List;
import java.util.Optional;
import org.whisker.ablation.AblatedModel;
import org.whisker.ablation.ModelVariant;
import org.whisker.classifier.Classifier;
import org.whisker.image.Canvas;

/** A model with photos of its own. */
public record WithPhotos(AblatedModel model, List<Photo> photos) implements AblatedModel {
  @Override
  public String name() {
    return model.name();
  }

  @Override
  public Canvas canvas() {
    return model.canvas();
  }

  @Override
  public String padding() {
    return model.padding();
  }

  @Override
  public float paddingGray() {
    return model.paddingGray();
  }

  @Override
  public boolean differentiable() {
    return model.differentiable();
  }

  @Override
  public Optional<String> refusal(ModelVariant variant) {
    return model.refusal(variant);
  }

  @Override
  public Classifier open(ModelVariant variant) {
    return model.open(variant);
  }
}
