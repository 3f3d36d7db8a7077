export { BodyMapFields, type BodyMapFieldsProps } from './fields.tsx'
export { type MarkedChild, type MarkFields, markFieldsOf, marksMax, parseMarks } from './parse.ts'
export { BodyMapPicture, placeName, type ShownMark } from './picture.tsx'
export { type BodyRegion, type BodySide, bodyRegions, bodySides, findRegion, regionAt } from './regions.ts'
