// Makes the gazetteer: one line for each country, area, region and city, best known first; see README.md.
import { writeFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import lookUpZone from '@photostructure/tz-lookup'
import { fold, others } from './folding.mjs'
import { areas, regionOf, regions } from './regions.mjs'
import * as source from './sources.mjs'

const leastPopulation = 30_000
const target = new URL('../../src/Evenkeel.Catalog/Locations/Gazetteer/places.tsv.gz', import.meta.url)
const list = value => (value === undefined ? [] : [value].flat())
const round = number => Math.round(number * 1000) / 1000

const byHand = new Map(source.rows('names.tsv').map(([country, name, chinese, more]) => [
  `${country} ${fold(name)}`, { country, name, chinese, names: (more ?? '').split('|').filter(Boolean), isUsed: false }]))
const zoneCities = source.zoneCities()
const moreCountryNames = new Map(source.rows('countries.tsv'))

const cities = source.cities.filter(city => city.population > 0).sort((a, b) => b.population - a.population)
const capitals = new Map(cities.filter(city => city.featureCode === 'PPLC').reverse().map(city => [city.country, city]))
const isSection = city => city.featureCode === 'PPLX' || city.featureCode === 'PPLH'

const usedZoneCities = new Set()
const writtenCities = []
for (const city of cities) {
  const [longitude, latitude] = city.loc.coordinates
  const hand = byHand.get(`${city.country} ${fold(city.name)}`)
  const isFirst = hand && !hand.isUsed
  if (!isFirst && city.featureCode !== 'PPLC' && (city.population < leastPopulation || isSection(city))) continue
  if (isFirst) hand.isUsed = true
  const zone = lookUpZone(latitude, longitude)
  const shown = (isFirst && hand.names.find(name => name.startsWith('='))?.slice(1)) || city.name
  const named = zoneCities.get(zone) && fold(zone.split('/').at(-1)) === fold(shown) && !usedZoneCities.has(zone) ? zoneCities.get(zone) : []
  if (named.length > 0) usedZoneCities.add(zone)
  const [chinese, ...moreChinese] = [...(isFirst && hand.chinese ? [hand.chinese] : []), ...named]
  const spelled = ['DE', 'AT', 'CH'].includes(city.country) && /[äöüÄÖÜ]/.test(city.name)
    ? [city.name.replace(/[äöüÄÖÜ]/g, letter => ({ ä: 'ae', ö: 'oe', ü: 'ue', Ä: 'Ae', Ö: 'Oe', Ü: 'Ue' })[letter])] : []
  const names = others(shown, [city.name, ...(isFirst ? hand.names.map(name => name.replace('=', '')) : []), ...spelled, ...moreChinese])
    .filter(name => name !== chinese)
  writtenCities.push(['city', city.country, regionOf(city), shown, chinese ?? '', names.join('|'), round(latitude), round(longitude), zone, city.population])
}

const codes = Object.keys(source.englishNames).filter(code => source.english[code])
const threeLetters = new Map(source.alpha3.map(([two, three]) => [two, three]))
const populationOf = code => cities.filter(city => city.country === code && !isSection(city)).reduce((sum, city) => sum + city.population, 0)
const countries = codes.map(code => {
  const short = territories => territories[`${code}-alt-short`] ?? territories[code]
  const name = code === 'US' || code === 'GB' ? source.english[code] : short(source.english)
  const chinese = short(source.chinese)
  const names = others(name, [
    short(source.english), source.english[code], source.english[`${code}-alt-variant`], ...list(source.englishNames[code]), ...list(source.chineseNames[code]),
    source.chinese[code], short(source.traditional), ...source.ownNames(code), ...(moreCountryNames.get(code) ?? '').split('|'),
  ]).filter(other => fold(other).length > 2 || /^(US|UK|\p{Script=Han}{2})$/u.test(other)).filter(other => other !== chinese)
  const capital = capitals.get(code) ?? cities.find(city => city.country === code)
  const [longitude, latitude] = capital?.loc.coordinates ?? []
  const zone = capital ? lookUpZone(latitude, longitude) : ''
  return ['country', code, threeLetters.get(code) ?? '', name, chinese, names.join('|'), capital ? round(latitude) : '', capital ? round(longitude) : '', zone, populationOf(code)]
}).sort((a, b) => b[9] - a[9])

const larger = [...countries, ...areas(countries), ...regions(cities.filter(city => !isSection(city)))]
const lines = [...larger, ...writtenCities].map(line => line.join('\t'))
const packed = gzipSync(Buffer.from(`${lines.join('\n')}\n`), { level: 9 })
writeFileSync(target, packed)
const unused = [...byHand.values()].filter(hand => !hand.isUsed).map(hand => `${hand.country} ${hand.name}`)
console.log(`${countries.length} countries, ${larger.length - countries.length} areas and regions, ${writtenCities.length} cities, ${packed.length} bytes`)
if (unused.length > 0) console.log(`names.tsv has cities that the data does not know: ${unused.join(', ')}`)
