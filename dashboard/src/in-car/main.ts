import './in-car.ts'
