import said from 'said:ledger'
import Page from '../features/ledger/Page.svelte'
import { write } from './write'

write(Page, said)
