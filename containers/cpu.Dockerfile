# whisker on CPUs, from a release (mvn -Prelease package) and nothing else:
#   docker build -f containers/cpu.Dockerfile --build-arg RELEASE=whisker-0.3.0-linux-x86_64.zip -t whisker:0.3.0 target
# The volume /whisker has models/ and the folders of sweeps

FROM debian:trixie-slim AS release
RUN apt-get update -q && apt-get install -q -y --no-install-recommends unzip
ARG RELEASE
COPY ${RELEASE} ${RELEASE}.sha256 /release/
RUN cd /release && sha256sum -c --quiet *.sha256 && unzip -q *.zip && mv whisker-*/ /opt/whisker
# libtorch as files, with what DJL calls it by, so that no container unpacks anything
RUN mkdir /opt/libtorch && cd /opt/whisker/lib \
    && unzip -q -j pytorch-native-cpu-*.jar 'pytorch/cpu/*/*' -d /opt/libtorch && rm pytorch-native-cpu-*.jar \
    && djl=$(basename pytorch-jni-*.jar .jar) && cd /opt/libtorch \
    && unzip -q -j /opt/whisker/lib/$djl.jar jnilib/linux-x86_64/cpu/libdjl_torch.so \
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
    WHISKER_HOME=/whisker \
    WHISKER_JAVA_OPTS=-Dai.djl.offline=true
USER 10001
WORKDIR /whisker
ENTRYPOINT ["whisker"]
CMD ["--help"]
