// node reference.js FOLDER NODE_MODULES INPUT: what TensorFlow.js makes of a model of nsfwjs; prints log softmax, a line an image.
// INPUT has images as float32, channels last.
const fs = require('fs'), path = require('path')
const [folder, modules, input, side] = process.argv.slice(2)
const tf = require(path.resolve(modules, '@tensorflow/tfjs'))
const value = file => { const it = require(path.resolve(folder, file)); return it.default || it }
const shards = fs.readdirSync(folder).filter(file => file.includes('shard')).sort().map(file => Buffer.from(value(file), 'base64'))
const model = value('model.min.js'), raw = Buffer.concat(shards)
const artifacts = {
  modelTopology: model.modelTopology, format: model.format, signature: model.userDefinedMetadata && model.userDefinedMetadata.signature,
  weightSpecs: model.weightsManifest.flatMap(group => group.weights), weightData: raw.buffer.slice(raw.byteOffset, raw.byteOffset + raw.length)
}
const open = model.format === 'graph-model' ? tf.loadGraphModel : tf.loadLayersModel
open({ load: async () => artifacts }).then(net => {
  const bytes = fs.readFileSync(input), n = +side
  const images = new Float32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4)
  const rows = net.predict(tf.tensor4d(images, [images.length / (3 * n * n), n, n, 3])).log().arraySync()
  for (const row of rows) console.log(row.join(' '))
})
