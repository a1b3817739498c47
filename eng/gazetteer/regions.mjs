// Lines of regions and of what contains several countries; the cities tell how many live there.
import { others } from './folding.mjs'
import * as source from './sources.mjs'

const kept = source.rows('regions.tsv').map(([country, geoNames, code, name, chinese, more]) => ({ country, geoNames, code, name, chinese, more }))
const codes = new Map(kept.map(region => [`${region.country} ${region.geoNames}`, region.code]))
const names = (name, more) => others(name, (more ?? '').split('|')).join('|')
const line = (kind, country, code, { name, chinese, more }, inhabitants, within = []) =>
  [kind, country, code, name, chinese, names(name, more), '', '', '', inhabitants, ...(within.length > 0 ? [within.join('|')] : [])]

/** The region of a city, as ISO 3166-2 has it behind the country; of the United States also the district that is no state. */
export const regionOf = city => codes.get(`${city.country} ${city.adminCode}`) ?? (city.country === 'US' ? city.adminCode : '')

/** Most inhabitants first. */
export const regions = cities => kept.map(region => {
  const inside = cities.filter(city => city.country === region.country && city.adminCode === region.geoNames)
  if (inside.length === 0) throw new Error(`${region.country} ${region.name} has no city: its code is wrong.`)
  return line('region', region.country, region.code, region, inside.reduce((sum, city) => sum + city.population, 0))
}).sort((a, b) => b[9] - a[9])

/** Continents and the like; the countries are those that have a line. */
export const areas = countries => source.rows('areas.tsv').map(([group, name, chinese, more]) => {
  const wanted = new Set(group.split(/[+ ]/).flatMap(source.countriesIn))
  const inside = countries.filter(country => wanted.has(country[1]))
  return line('area', '', '', { name, chinese, more }, inside.reduce((sum, country) => sum + country[9], 0), inside.map(country => country[1]).sort())
}).sort((a, b) => b[9] - a[9])
