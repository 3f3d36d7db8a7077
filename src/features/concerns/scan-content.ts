/** Beyond what any scanner makes of a page; a small file that unfolds to more would stop whoever opens it. */
const pixelsMax = 200_000_000
/** What some copiers put behind the end of a PDF: line ends and padding. */
const blanks = new Set([0, 9, 10, 13, 32])
/** What a scan of paper never has: a PDF that runs something, opens something, or carries another file. */
const active = /\/(JavaScript|JS|Launch|EmbeddedFile|EmbeddedFiles|RichMedia|XFA|OpenAction\s*<<)(?![A-Za-z])/

const pngEnd = Buffer.from('0000000049454e44ae426082', 'hex')

function isBlankAfter(content: Buffer, end: number): boolean {
  return content.subarray(end).every(byte => blanks.has(byte))
}

function isPlainPdf(content: Buffer): boolean {
  const end = content.lastIndexOf('%%EOF')
  return (
    content.subarray(0, 5).equals(Buffer.from('%PDF-')) &&
    end > 0 &&
    isBlankAfter(content, end + 5) &&
    !active.test(content.toString('latin1'))
  )
}

function isPlainPng(content: Buffer): boolean {
  if (content.length < 33) return false
  const pixels = content.readUInt32BE(16) * content.readUInt32BE(20)
  return pixels <= pixelsMax && content.indexOf(pngEnd) === content.length - pngEnd.length
}

/** Width times height, from the first header of a frame. */
function pixelsOfJpeg(content: Buffer): number {
  for (let at = 2; at + 9 < content.length && content[at] === 0xff; at += 2 + content.readUInt16BE(at + 2)) {
    const marker = content[at + 1] ?? 0
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)
    if (isFrame) return content.readUInt16BE(at + 5) * content.readUInt16BE(at + 7)
  }
  return Number.POSITIVE_INFINITY
}

function isPlainJpeg(content: Buffer): boolean {
  const end = content.lastIndexOf(Buffer.from([0xff, 0xd9]))
  return end > 0 && isBlankAfter(content, end + 2) && pixelsOfJpeg(content) <= pixelsMax
}

/** Whether a file is a scan and nothing beside: nothing behind its end, nothing in it that runs, nothing that unfolds without measure. */
export function isPlainScan(mediaType: string, content: Buffer): boolean {
  switch (mediaType) {
    case 'application/pdf':
      return isPlainPdf(content)
    case 'image/png':
      return isPlainPng(content)
    case 'image/jpeg':
      return isPlainJpeg(content)
    default:
      return false
  }
}
