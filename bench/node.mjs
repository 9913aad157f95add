// The Node side of the benchmark. Reads lines "contender TAB file TAB iterations" and answers each with
// "nanoseconds TAB errors", or with "! reason".
import { createRequire } from 'node:module'
import { existsSync, readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'

const [schemaPath, wasmExecPath, wasmPath] = process.argv.slice(2)
const contenders = { ajv: await prepareAjv() }
if (existsSync(wasmPath)) contenders.wasm = await prepareWasm()

// ajv gets its text decoded beforehand: it checks from a string, guichet from bytes.
async function prepareAjv() {
  const { default: Ajv } = await import('ajv/dist/2020.js')
  const ajv = new Ajv({ allErrors: true, strict: false })
  const validate = ajv.compile(JSON.parse(readFileSync(schemaPath, 'utf8')))
  return {
    check: (file) => validate(JSON.parse(file.text)),
    errors: (file) => (validate(JSON.parse(file.text)) ? 0 : validate.errors.length),
  }
}

async function prepareWasm() {
  createRequire(import.meta.url)(wasmExecPath)
  const go = new globalThis.Go()
  const { instance } = await WebAssembly.instantiate(readFileSync(wasmPath), go.importObject)
  go.run(instance)
  return {
    check: (file) => globalThis.guichet.check(file.bytes),
    errors: (file) => globalThis.guichet.errors(file.bytes),
  }
}

const files = new Map()
function open(path) {
  if (!files.has(path)) {
    const buffer = readFileSync(path)
    files.set(path, { bytes: new Uint8Array(buffer), text: buffer.toString('utf8') })
  }
  return files.get(path)
}

function run(line) {
  const [name, path, iterations] = line.split('\t')
  const file = open(path)
  const contender = contenders[name]
  if (iterations === '0') return `0\t${contender.errors(file)}`
  globalThis.gc?.()
  const start = process.hrtime.bigint()
  for (let i = Number(iterations); i > 0; i--) contender.check(file)
  return `${process.hrtime.bigint() - start}\t-1`
}

for await (const line of createInterface({ input: process.stdin })) {
  let answer
  try {
    answer = run(line)
  } catch (error) {
    answer = `! ${String(error).replaceAll('\n', ' ')}`
  }
  process.stdout.write(`${answer}\n`)
}
process.exit(0)
