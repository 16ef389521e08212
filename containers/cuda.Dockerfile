# whisker on NVIDIA's GPUs (CUDA 12.8), from a release and PyTorch's libtorch for CUDA, which brings CUDA's
# libraries with it; of the host comes the driver alone:
#   docker build -f containers/cuda.Dockerfile --build-arg RELEASE=whisker-0.3.0-linux-x86_64.zip \
#     --build-arg LIBTORCH=libtorch-shared-with-deps-2.7.1+cu128.zip --build-arg SHA256=… -t whisker:0.3.0-cuda target
# with that zip in target/, from https://download.pytorch.org/libtorch/cu128/

FROM debian:trixie-slim AS release
RUN apt-get update -q && apt-get install -q -y --no-install-recommends unzip
ARG LIBTORCH
ARG SHA256
COPY ${LIBTORCH} /libtorch/
RUN cd /libtorch && echo "${SHA256} ${LIBTORCH}" | sha256sum -c --quiet \
    && unzip -q *.zip 'libtorch/lib/*' && mv libtorch/lib /opt/libtorch && rm -rf /libtorch \
    && rm -f /opt/libtorch/*.a
ARG RELEASE
COPY ${RELEASE} ${RELEASE}.sha256 /release/
RUN cd /release && sha256sum -c --quiet *.sha256 && unzip -q *.zip && mv whisker-*/ /opt/whisker \
    && rm /opt/whisker/lib/pytorch-native-cpu-*.jar
# what DJL calls libtorch by
RUN djl=$(basename /opt/whisker/lib/pytorch-jni-*.jar .jar) && cd /opt/libtorch \
    && unzip -q -j /opt/whisker/lib/$djl.jar jnilib/linux-x86_64/cu128/libdjl_torch.so \
    && mv libdjl_torch.so ${djl##*-}-libdjl_torch.so
# apart, since it changes with whisker alone
RUN mkdir /opt/own && mv /opt/whisker/whisker.jar /opt/whisker/models /opt/own/

FROM debian:trixie-slim
RUN apt-get update -q \
    && apt-get install -q -y --no-install-recommends openjdk-21-jre-headless libfreetype6 libharfbuzz0b \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --uid 10001 --create-home whisker \
    && mkdir /whisker && chown whisker:whisker /whisker
# what changes least comes first
COPY --from=release /opt/libtorch /opt/libtorch
COPY --from=release /opt/whisker /opt/whisker
COPY --from=release /opt/own /opt/whisker
RUN ln -s /opt/whisker/bin/whisker /usr/local/bin/whisker && ln -s /opt/whisker/models /whisker/models
ENV PYTORCH_LIBRARY_PATH=/opt/libtorch \
    PYTORCH_FLAVOR=cu128 \
    LD_LIBRARY_PATH=/opt/libtorch \
    NVIDIA_VISIBLE_DEVICES=all \
    NVIDIA_DRIVER_CAPABILITIES=compute,utility \
    WHISKER_HOME=/whisker \
    WHISKER_JAVA_OPTS=-Dai.djl.offline=true
USER 10001
WORKDIR /whisker
ENTRYPOINT ["whisker"]
CMD ["--help"]
